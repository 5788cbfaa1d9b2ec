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
import dev.kafkapod.turns.StandingRequest;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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

  private static final String ANEW =
      "it said anew that it goes, because its time for that was over, and a yes must hold from then on";

  private static final String SPARED = "the cluster could spare it now; only its turn isn't known";

  private final WaitSetting setting;
  private final StopQuestion cluster;
  private final Supplier<TurnLog> logs;
  private final Function<Verdict, Verdict> relaxed;
  private final TurnClocks clocks;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final OwnTurnLog log;
  private final OwnRequests own;
  private List<Long> confirmable = List.of();
  private volatile boolean letGoWritten;
  private volatile Ahead lastAhead = Ahead.NOBODY;
  private volatile Optional<String> asked = Optional.empty();
  private final ObeyedTearDown tearDown = new ObeyedTearDown();

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
      TurnClocks clocks) {
    this.setting = setting;
    this.cluster = cluster;
    this.logs = logs;
    this.relaxed = relaxed;
    this.clocks = clocks;
    this.own =
        new OwnRequests(setting.waiter(), clocks.wall(), setting.maxWait(), setting.stopTime());
    this.log = new OwnTurnLog(logs, clocks);
  }

  /**
   * Asks whether the nodes may stop now.
   *
   * @param saidBefore whether the last answer was a yes, long enough ago
   * @return a yes with saidBefore lets the stop go: the log says so, too
   */
  public StopInquiry.Heard ask(Deadline deadline, boolean saidBefore) {
    if (!begun(deadline)) {
      return alone(
          "an earlier question about turns hangs, at the topic or at the cluster; asking once more",
          lastAhead,
          deadline);
    }
    // who lets a stop go where the log is silent needs the cluster's answer all the more
    boolean letsGo = relaxed.apply(new Verdict.CannotTell(List.of(""))).isYes();
    Deadline logs = letsGo ? deadline.minus(deadline.remaining().dividedBy(2)) : deadline;
    try {
      StopInquiry.Heard heard = noting(asked(logs, saidBefore));
      return saidBefore && heard.report().verdict().isYes() && !letGoWritten
          ? heard.with(new Verdict.CannotTell(List.of(ANEW)))
          : heard;
    } catch (Unanswered e) {
      log.close();
      return tearDown.letGo().isPresent()
          ? silent(e.getMessage())
          : alone(e.getMessage(), ahead(), deadline);
    } catch (Misconfigured e) {
      log.close();
      if (!e.mayHeal()) {
        throw e;
      }
      return StopInquiry.Heard.wrong(setting.question(), e);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Whoever hangs, as in making a client, must not take the next one along. */
  private boolean begun(Deadline deadline) {
    try {
      return oneAtATime.tryLock(deadline.remainingMillis() / 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A silent log hides no harm that is known without it. */
  private StopInquiry.Heard alone(String why, Ahead others, Deadline deadline) {
    if (deadline.remaining().compareTo(SafeStopWait.SHORTEST_QUESTION) < 0) {
      return silent(why);
    }
    StopInquiry.Heard heard = cluster.ask(deadline, others);
    asked = heard.clusterId().or(() -> asked);
    Verdict verdict = heard.report().verdict();
    if (verdict.isNo()) {
      return heard.noting("turns: " + why);
    }
    return verdict.isYes() ? silent(why).noting(SPARED) : silent(why);
  }

  private StopInquiry.Heard silent(String why) {
    StopReport silent =
        StopReport.unknown(setting.question(), new Verdict.CannotTell(List.of(why)));
    return new StopInquiry.Heard(silent.with(relaxed.apply(silent.verdict())), Optional.empty());
  }

  /** Whether the log has been told that the stop is let go, and the last answer was so. */
  public boolean isLetGo() {
    return letGoWritten;
  }

  /** Why nobody has to wait: the log says that the cluster is being torn down. */
  public Optional<String> letGo() {
    return tearDown.letGo();
  }

  /**
   * Whether the log says nothing of a tear-down, or nothing that is sure: it couldn't be read, or
   * hasn't been for as long as two answers may take.
   */
  public boolean isLogSilent() {
    return tearDown.isUnsure()
        || (log.isUnread() && !oneAtATime.isLocked())
        || log.nanosSinceRead() > setting.timeout().multipliedBy(2).toNanos();
  }

  /**
   * Whether a tear-down that somebody else has read counts here.
   *
   * @param clusterId which cluster is torn down
   * @param since when that was said
   */
  public boolean mayObey(String clusterId, Instant since) {
    return asked.map(clusterId::equals).orElse(true) && !tearDown.isOverSince(since);
  }

  private StopInquiry.Heard asked(Deadline deadline, boolean saidBefore) throws Unanswered {
    letGoWritten = false;
    Set<Integer> nodes = setting.nodes().get();
    if (nodes.isEmpty()) {
      throw new Unanswered(
          "which node this is isn't known yet, and its turn can't be asked for; name its configuration with --server-config");
    }
    log.read(deadline);
    tearDown.hear(
        log.tearDown(),
        () -> {
          if (asked.isEmpty()) {
            asked = cluster.ask(deadline, Ahead.NOBODY).clusterId();
          }
          return asked;
        },
        clocks.wall());
    join(nodes, deadline);
    boolean goes = goes();
    StopInquiry.Heard heard = cluster(deadline);
    boolean before = saidBefore && goes && confirmable.equals(locks());
    return step(TurnStep.next(goes, heard.report().verdict().kind(), before), heard, deadline);
  }

  /** Asks the cluster. Of a cluster whose stops take their turns elsewhere, nobody can tell. */
  private StopInquiry.Heard cluster(Deadline deadline) throws Unanswered {
    lastAhead = ahead();
    StopInquiry.Heard heard = cluster.ask(deadline, lastAhead);
    asked = heard.clusterId().or(() -> asked);
    Optional<String> other = TurnsInquiry.other(log.keeper(), asked);
    if (other.isPresent()) {
      giveBack("it asked in another cluster's topic", deadline);
      own.forget();
      throw new Unanswered(other.get());
    }
    return heard;
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
        log.checkAgain(deadline);
        own.beginGo(heard.report().toNotice().plus(setting.timeout().multipliedBy(2)), clocks);
        write(own.goes(clocks), deadline);
        StopInquiry.Heard again = cluster(deadline);
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

  /** Writes the first requests, or what is due. */
  private void join(Set<Integer> nodes, Deadline deadline) throws Unanswered {
    refuseOther(deadline);
    if (own.isNew()) {
      own.begin(nodes);
      write(own.asks(WaitsFor.NOTHING, "", clocks), deadline);
      return;
    }
    boolean allThere = own.ids().stream().allMatch(it -> request(it).isPresent());
    if (!allThere) { // released by an operator, or lost: it begins anew, at the end of the line
      giveBack("its waiting begins anew", deadline);
      own.begin(nodes);
    }
    if (!allThere || (goesWritten() && !goes()) || own.isDue(clocks.nanoTime())) {
      boolean keeps = allThere && goes();
      write(keeps ? own.goes(clocks) : own.asksAgain(clocks), deadline);
    }
  }

  private void giveBack(String reason, Deadline deadline) throws Unanswered {
    for (OwnRequests.Key key : own.ids()) {
      if (request(key).isPresent()) {
        log.append(ending(key, reason), deadline);
      }
    }
  }

  /** Writes nothing where another cluster's stops take turns. */
  private void refuseOther(Deadline deadline) throws Unanswered {
    if (TurnsInquiry.other(log.keeper(), asked).isPresent()) {
      asked = cluster.ask(deadline, ahead()).clusterId().or(() -> asked);
      Optional<String> other = TurnsInquiry.other(log.keeper(), asked);
      if (other.isPresent()) {
        throw new Unanswered(other.get());
      }
    }
  }

  private void write(List<TurnRequest> requests, Deadline deadline) throws Unanswered {
    if (own.isOver()) {
      throw new Unanswered("the waiting is over");
    }
    for (TurnRequest request : requests) {
      log.append(request, deadline);
      own.placed(
          request(request)
              .orElseThrow(
                  () ->
                      new Unanswered(
                          "its own record was written, and somebody has released it since")));
    }
  }

  private Optional<StandingRequest> request(TurnRequest request) {
    return log.queue().request(request.node(), request.id());
  }

  private Optional<StandingRequest> request(OwnRequests.Key key) {
    return log.queue().request(key.node(), key.id());
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
    return Ahead.of(log.queue(), log.clock(), standing());
  }

  private StopInquiry.Heard noting(StopInquiry.Heard heard) {
    return log.weakness().map(heard::noting).orElse(heard);
  }

  private static String why(StopInquiry.Heard heard) {
    return Redaction.byShape().apply(heard.report().verdict().summary());
  }

  /**
   * Says that the nodes go, whatever the cluster says: somebody has let them go, or the time is
   * over. By a connection of its own: a question may be on its way, and may take long.
   *
   * @throws Unanswered if it isn't known whether others hear it: then the request ends by itself
   */
  public void announce(Deadline deadline) throws Unanswered {
    tell(own.endAndGo(setting.nodes(), clocks), deadline);
  }

  /** Gives its place back: the nodes go on. Otherwise as {@link #announce}. */
  public void release(String reason, Deadline deadline) throws Unanswered {
    tell(own.end().stream().map(it -> ending(it, reason)).toList(), deadline);
  }

  private TurnEntry ending(OwnRequests.Key key, String reason) {
    return new TurnEntry.Release(
        key.node(), Optional.of(key.id()), setting.waiter().host(), reason);
  }

  private void tell(List<? extends TurnEntry> entries, Deadline deadline) throws Unanswered {
    if (entries.isEmpty()) {
      return;
    }
    try (TurnLog connection = logs.get()) {
      for (TurnEntry entry : entries) {
        connection.append(entry, deadline);
      }
    } catch (RuntimeException e) {
      throw new Unanswered(String.valueOf(e.getMessage()), e);
    }
  }
}
