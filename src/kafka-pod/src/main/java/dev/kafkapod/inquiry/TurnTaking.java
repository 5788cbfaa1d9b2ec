package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.cluster.TurnLog;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.settings.Redaction;
import dev.kafkapod.turns.Ahead;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.QueueView;
import dev.kafkapod.turns.StandingRequest;
import dev.kafkapod.turns.StandingTearDown;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnRequest;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import dev.kafkapod.turns.TurnStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One waiting that takes turns: each question reads the log first, writes what has changed of its
 * own requests, and asks the cluster about its nodes together with those ahead. A yes that is said
 * here counts only with the lock, and the one that lets the stop go has been written to the log.
 *
 * <p>Its questions come one after another, each on a thread that may be left behind.
 */
public final class TurnTaking {

  /**
   * Who waits.
   *
   * @param process the process that is to stop; empty where it isn't known
   * @param host the pod or machine, for people
   */
  public record Waiter(Supplier<Optional<ProcessIdentity>> process, String host) {}

  /**
   * What doesn't change while it waits.
   *
   * @param question the command, for the report
   * @param timeout how long an answer may take
   * @param maxWait the longest wait, less than {@link TurnRequest#LONGEST}
   * @param stopTime how long a stop may take, from the moment on at which it is let go until the
   *     cluster sees the node down
   * @param nodes the nodes that would stop; none while that isn't known
   */
  public record WaitSetting(
      String question,
      Duration timeout,
      Duration maxWait,
      Duration stopTime,
      Supplier<Set<Integer>> nodes,
      Waiter waiter) {}

  /** Asks the cluster: how long an answer may take, and who is ahead. */
  @FunctionalInterface
  public interface StopQuestion {
    StopInquiry.Heard ask(Deadline deadline, Ahead ahead);
  }

  /** Clocks, which tests turn. */
  public interface Clocks {
    /** A clock that never jumps, in nanoseconds. */
    long nanoTime();

    /** This machine's clock. */
    Instant wall();
  }

  private static final String ANEW =
      "it said anew that it goes, because its time for that was over, and a yes must hold from then on";

  private final WaitSetting setting;
  private final StopQuestion cluster;
  private final Supplier<TurnLog> logs;
  private final Function<Verdict, Verdict> relaxed;
  private final Clocks clocks;
  private final QueueView view = new QueueView();
  private final OwnRequests own;
  private TurnLog log;
  private boolean checked;
  private Optional<String> weakness = Optional.empty();
  private List<Long> confirmable = List.of();
  private volatile boolean letGoWritten;
  private volatile boolean interrupted;
  private volatile List<OwnRequests.Key> known = List.of();
  private volatile Optional<String> letGo = Optional.empty();

  /**
   * A waiting that has said nothing yet.
   *
   * @param logs opens the log; may throw {@link Misconfigured}
   * @param relaxed what an operator makes of a verdict that the log's silence leads to
   */
  public TurnTaking(
      WaitSetting setting,
      StopQuestion cluster,
      Supplier<TurnLog> logs,
      Function<Verdict, Verdict> relaxed,
      Clocks clocks) {
    this.setting = setting;
    this.cluster = cluster;
    this.logs = logs;
    this.relaxed = relaxed;
    this.clocks = clocks;
    this.own =
        new OwnRequests(setting.waiter(), clocks.wall(), setting.maxWait(), setting.stopTime());
  }

  /**
   * Asks whether the nodes may stop now.
   *
   * @param saidBefore whether the last answer was a yes, long enough ago
   * @return a yes with saidBefore lets the stop go: the log says so, too
   */
  public synchronized StopInquiry.Heard ask(Deadline deadline, boolean saidBefore) {
    try {
      StopInquiry.Heard heard = noting(asked(deadline, saidBefore));
      return saidBefore && heard.report().verdict().isYes() && !letGoWritten
          ? heard.with(new Verdict.CannotTell(List.of(ANEW)))
          : heard;
    } catch (Unanswered e) {
      close();
      StopReport silent =
          StopReport.unknown(setting.question(), new Verdict.CannotTell(List.of(e.getMessage())));
      return new StopInquiry.Heard(silent.with(relaxed.apply(silent.verdict())), Optional.empty());
    } catch (Misconfigured e) {
      close();
      if (!e.mayHeal()) {
        throw e;
      }
      return StopInquiry.Heard.wrong(setting.question(), e);
    }
  }

  /** Whether the log has been told that the stop is let go, and the last answer was so. */
  public boolean isLetGo() {
    return letGoWritten;
  }

  /** Why nobody has to wait: the cluster is being torn down. */
  public Optional<String> letGo() {
    return letGo;
  }

  private StopInquiry.Heard asked(Deadline deadline, boolean saidBefore) throws Unanswered {
    letGoWritten = false;
    Set<Integer> nodes = setting.nodes().get();
    if (nodes.isEmpty()) {
      throw new Unanswered(
          "which node this is isn't known yet, and its turn can't be asked for; name its configuration with --server-config");
    }
    join(nodes, deadline);
    Optional<TurnEntry.TearDown> tearDown = tearDown();
    if (tearDown.isPresent() && tearDown.get().clusterId().equals(log.clusterId(deadline))) {
      TurnEntry.TearDown said = tearDown.get();
      letGo =
          Optional.of(
              "the cluster is being torn down, says %s: %s".formatted(said.by(), said.reason()));
      throw new Unanswered(letGo.get());
    }
    boolean goes = goes();
    StopInquiry.Heard heard = cluster.ask(deadline, ahead());
    boolean before = saidBefore && goes && confirmable.equals(locks());
    return step(TurnStep.next(goes, heard.report().verdict().kind(), before), heard, deadline);
  }

  private StopInquiry.Heard step(TurnStep step, StopInquiry.Heard heard, Deadline deadline)
      throws Unanswered {
    switch (step) {
      case WAIT -> {
        if (!goes() && own.isNews(heard.waitsFor(), why(heard), clocks.nanoTime())) {
          write(own.asks(heard.waitsFor(), why(heard), clocks), deadline);
        }
        return heard;
      }
      case TAKE_BACK -> {
        write(own.asks(heard.waitsFor(), why(heard), clocks), deadline);
        return heard;
      }
      case GO -> {
        checkAgain(deadline);
        own.beginGo(heard.report().toNotice().plus(setting.timeout().multipliedBy(2)), clocks);
        write(own.goes(clocks), deadline);
        StopInquiry.Heard again = cluster.ask(deadline, ahead());
        return step(TurnStep.next(goes(), again.report().verdict().kind(), false), again, deadline);
      }
      case CONFIRM -> {
        confirmable = locks();
        return heard;
      }
      default -> {
        return letGo(heard, deadline);
      }
    }
  }

  private StopInquiry.Heard letGo(StopInquiry.Heard heard, Deadline deadline) throws Unanswered {
    write(own.letGo(clocks), deadline);
    letGoWritten = goes() && confirmable.equals(locks()); // a release takes the lock away
    if (letGoWritten) {
      return heard;
    }
    return heard.with(
        new Verdict.CannotTell(
            List.of(
                "its turn was over, or somebody released it, before it could be let go; it asks again")));
  }

  /** Before it holds the lock: whether the log's order still is one. */
  private void checkAgain(Deadline deadline) throws Unanswered {
    long before = log.generation();
    weakness = log.check(true, deadline).weakness();
    if (log.generation() != before) {
      throw new Unanswered("the topic of turns was made anew; asking once more");
    }
  }

  /** Writes the first requests, or what is due; reads what is new. */
  private void join(Set<Integer> nodes, Deadline deadline) throws Unanswered {
    if (log == null) {
      log = logs.get();
      checked = false;
    }
    if (!checked) {
      weakness = log.check(true, deadline).weakness();
      checked = true;
    }
    if (own.isNew()) {
      own.begin(nodes);
      write(own.asks(WaitsFor.NOTHING, "", clocks), deadline);
      return;
    }
    accept(log.read(deadline));
    boolean allThere = own.ids().stream().allMatch(it -> request(it).isPresent());
    if (!allThere) {
      own.begin(nodes); // released by an operator, or lost: it begins anew, at the end of the line
    }
    if (!allThere || (goesWritten() && !goes()) || own.isDue(clocks.nanoTime())) {
      boolean keeps = allThere && goes();
      write(keeps ? own.goes(clocks) : own.asksAgain(clocks), deadline);
    }
  }

  private void write(List<TurnRequest> requests, Deadline deadline) throws Unanswered {
    known = own.ids();
    for (TurnRequest request : requests) {
      if (interrupted) {
        throw new Unanswered("the waiting is being interrupted");
      }
      accept(log.append(request, deadline));
      own.placed(
          request(request)
              .orElseThrow(
                  () ->
                      new Unanswered(
                          "its own record was written, and somebody has released it since")));
    }
  }

  private void accept(List<LoggedEntry> records) {
    view.accept(log.generation(), records, clocks.nanoTime());
  }

  private Optional<StandingRequest> request(TurnRequest request) {
    return view.queue().request(request.node(), request.id());
  }

  private Optional<StandingRequest> request(OwnRequests.Key key) {
    return view.queue().request(key.node(), key.id());
  }

  private List<StandingRequest> standing() {
    List<StandingRequest> found = new ArrayList<>();
    own.ids().forEach(it -> request(it).ifPresent(found::add));
    return found;
  }

  private List<Long> locks() {
    return standing().stream().map(StandingRequest::goesFrom).toList();
  }

  private boolean goesWritten() {
    return standing().stream().anyMatch(it -> it.request().goes());
  }

  /** Whether the lock is held: it is written, stands, and its time isn't over by any clock. */
  private boolean goes() {
    List<StandingRequest> standing = standing();
    return standing.size() == own.ids().size()
        && standing.stream().allMatch(it -> it.request().goes())
        && own.isInTime(standing, clocks);
  }

  private Ahead ahead() {
    return Ahead.of(view.queue(), clock(), standing());
  }

  private Optional<TurnEntry.TearDown> tearDown() {
    return StandingTearDown.of(view.queue(), clock()).map(StandingTearDown::said);
  }

  private QueueClock clock() {
    return view.writersClock(clocks.nanoTime(), clocks.wall());
  }

  private StopInquiry.Heard noting(StopInquiry.Heard heard) {
    return weakness.isEmpty() ? heard : heard.noting(weakness.get());
  }

  private static String why(StopInquiry.Heard heard) {
    return Redaction.byShape().apply(heard.report().verdict().summary());
  }

  /**
   * Says that the nodes go, whatever the cluster says: somebody has let them go, or the time is
   * over. Best effort, before the deadline.
   */
  public synchronized void announce(Deadline deadline) {
    if (log == null || own.isNew()) {
      return;
    }
    try {
      write(own.letGo(clocks), deadline);
    } catch (Unanswered | RuntimeException e) {
      // others see the node go
    } finally {
      close();
    }
  }

  /**
   * Gives its place back: the nodes go on. Best effort, before the deadline, and by a connection of
   * its own: a question may be on its way, and may take long.
   */
  public void release(String reason, Deadline deadline) {
    interrupted = true;
    List<OwnRequests.Key> written = known;
    if (written.isEmpty()) {
      return;
    }
    try (TurnLog connection = logs.get()) {
      for (OwnRequests.Key key : written) {
        connection.append(
            new TurnEntry.Release(
                key.node(), Optional.of(key.id()), setting.waiter().host(), reason),
            deadline);
      }
    } catch (Unanswered | RuntimeException e) {
      // the request ends by itself
    }
  }

  private void close() {
    if (log != null) {
      log.close();
      log = null;
    }
  }
}
