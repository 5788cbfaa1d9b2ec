package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.diagnosis.AddressLook;
import dev.kafkapod.diagnosis.Diagnosis;
import dev.kafkapod.diagnosis.Diagnosis.Client;
import dev.kafkapod.diagnosis.SeenAddress;
import dev.kafkapod.diagnosis.SettingsOrigin;
import dev.kafkapod.diagnosis.Sight;
import dev.kafkapod.diagnosis.Sight.SightKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/**
 * Looks, while a client of Kafka gets nothing, why that is: the client itself just tries again. A
 * client that has its answers is never looked after, so that a healthy cluster costs nothing.
 */
final class Silence {

  /** A client that has met somebody by then needs no looking after. */
  static final Duration PATIENCE = Duration.ofMillis(400);

  /** Between the first two looks, which have to agree; a broker that restarts may be back. */
  private static final Duration APART = Duration.ofMillis(300);

  private static final Duration LONGEST_APART = Duration.ofSeconds(4);

  /** For one look at all addresses. */
  private static final Duration ONE_LOOK = Duration.ofSeconds(5);

  private static final String IN_TIME = " got no answer in time";
  private static final String ELSEWHERE =
      ", although something answers there; check that the brokers can be reached from here at the addresses in their advertised.listeners, too";

  private final ClientSettings settings;
  private final List<String> addresses;
  private final Client client;
  private final BooleanSupplier talks;
  private Diagnosis last = Diagnosis.NONE;
  private volatile Optional<NoLogin> noLogin = Optional.empty();
  private volatile boolean loginBegins;
  private boolean hopeless;
  private boolean looked;
  private boolean settled;
  private boolean over;
  private Runnable whenSettled = () -> {};

  /**
   * Nobody has looked yet.
   *
   * @param addresses where the client looks for somebody
   * @param origin what names the addresses
   * @param talks whether the client is in talks with somebody
   */
  Silence(
      ClientSettings settings,
      List<String> addresses,
      SettingsOrigin origin,
      BooleanSupplier talks) {
    this.settings = settings;
    this.addresses = List.copyOf(addresses);
    this.client = settings.client(origin);
    this.talks = talks;
  }

  /**
   * Looks again and again, on a thread of its own, until it is over.
   *
   * @param patience before the first look
   * @param found called once waiting has turned out to be of no use
   */
  void watch(Duration patience, Runnable found) {
    whenSettled = found;
    Thread thread = new Thread(() -> watch(patience), "kafka-pod: looking why there is no answer");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch(Duration patience) {
    Duration pause = APART;
    boolean mayRest = pause(patience);
    while (mayRest && !isOver()) {
      if (!talks.getAsBoolean()) {
        note(look());
        mayRest = pause(pause);
        pause = shorter(pause.multipliedBy(2), LONGEST_APART);
      } else {
        mayRest = pause(APART);
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static boolean pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private synchronized void note(Diagnosis now) {
    boolean hopeful = !now.settled() && noLogin.isEmpty();
    settled = hopeless && !hopeful;
    hopeless = !hopeful;
    last = now;
    looked = true;
    if (settled && !over) {
      over = true;
      whenSettled.run();
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** Ends the looking. */
  synchronized void end() {
    over = true;
  }

  /**
   * A client's first answer; looks why there is none where that takes long.
   *
   * @throws KafkaException what the cluster answered instead
   * @throws Unanswered if there was no answer in time, or can't be one
   */
  <T> T await(KafkaFuture<T> future, String call, Deadline deadline) throws Unanswered {
    CountDownLatch decided = new CountDownLatch(1);
    KafkaFuture<T> heard = future.whenComplete((answer, problem) -> decided.countDown());
    if (!isDecided(decided, deadline.orIn(PATIENCE), call)) {
      watch(Duration.ZERO, decided::countDown);
      try {
        isDecided(decided, deadline, call);
      } finally {
        end();
      }
    }
    if (isSettled() && !future.isDone()) {
      throw unanswered(call, null);
    }
    try {
      return Calls.await(heard, call, deadline);
    } catch (Unanswered e) {
      throw Calls.isSilence(e) ? unanswered(call, e) : e;
    } catch (OutOfMemoryError e) {
      throw orNoMemory(call, e);
    }
  }

  private static boolean isDecided(CountDownLatch decided, Deadline deadline, String call)
      throws Unanswered {
    try {
      return decided.await(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered(call + " was interrupted", e);
    }
  }

  /** Nobody has answered, and why. */
  Unanswered unanswered(String call, Throwable cause) {
    return noLogin
        .map(it -> Calls.refused(it, call))
        .orElseGet(
            () ->
                new Unanswered(
                    call + words().map(it -> " got no answer: " + it).orElse(IN_TIME + unseen()),
                    cause));
  }

  /** What is left where every address is as it should be: who answers there sends clients on. */
  private synchronized String unseen() {
    return looked ? ELSEWHERE : "";
  }

  /** Brokers were asked where controllers are, or the other way round. */
  Unanswered otherKind(String call, KafkaException answer) {
    return new Unanswered(
        "%s failed: %s"
            .formatted(
                call, Diagnosis.otherKind(client, addresses).words().orElse(Calls.oneLine(answer))),
        answer);
  }

  /**
   * What Kafka's client lacked memory for: where it doesn't expect TLS, or any other protocol, it
   * takes the first bytes for the length of an answer, and reserves hundreds of megabytes.
   *
   * @throws OutOfMemoryError if that isn't the reason
   */
  Unanswered orNoMemory(String call, OutOfMemoryError shortage) {
    note(look());
    if (words().isEmpty()) {
      throw shortage;
    }
    return unanswered(call, shortage);
  }

  /** Whether two looks have shown that no answer can come. */
  synchronized boolean isSettled() {
    return settled;
  }

  /** What the last look has shown to be wrong. */
  synchronized Optional<String> words() {
    return last.words();
  }

  /**
   * The addresses that a client can be given.
   *
   * @throws Unanswered if it would harm itself at each of them
   */
  List<String> harmless(String call) throws Unanswered {
    if (client.speaksTls()) {
      return addresses;
    }
    List<SeenAddress> seen = seen();
    List<String> spared = Misread.spared(addresses, seen);
    if (spared.isEmpty()) {
      note(Diagnosis.of(client, seen));
      throw unanswered(call, null);
    }
    return spared;
  }

  private Diagnosis look() {
    return Diagnosis.of(client, seen());
  }

  private List<SeenAddress> seen() {
    Deadline deadline = Deadline.in(ONE_LOOK);
    List<Question<List<SeenAddress>>> questions =
        addresses.stream()
            .map(it -> Question.<List<SeenAddress>>ask("looking at " + it, () -> look(it)))
            .toList();
    List<SeenAddress> seen = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      String address = addresses.get(i);
      seen.addAll(
          questions.get(i).answer(deadline).value().orElseGet(() -> List.of(slow(address))));
    }
    return seen;
  }

  private static SeenAddress slow(String address) {
    return new SeenAddress(address, "", Optional.empty(), Sight.of(SightKind.SLOW_NAME));
  }

  private List<SeenAddress> look(String address) {
    return AddressLook.kafka(address).stream().map(this::inside).toList();
  }

  /**
   * Not in the first look, and never again once it can begin: it takes what the client itself needs
   * where the CPU is short.
   */
  private void tryLogin(InetSocketAddress where) {
    if (hasLooked() && !loginBegins) {
      noLogin = Inside.noLogin(where, settings.forAdmin(ONE_LOOK));
      loginBegins = noLogin.isEmpty();
    }
  }

  private synchronized boolean hasLooked() {
    return looked;
  }

  /** By Kafka's own client, where the first look promises that this harms nobody. */
  private SeenAddress inside(SeenAddress seen) {
    SightKind promising = client.speaksTls() ? SightKind.TLS : SightKind.KAFKA;
    if (seen.sight().kind() != promising) {
      return seen;
    }
    if (client.logsIn()) {
      tryLogin(seen.where().orElseThrow());
      return seen;
    }
    return seen.as(
        Inside.of(seen.where().orElseThrow(), settings.forAdmin(ONE_LOOK), seen.sight()));
  }
}
