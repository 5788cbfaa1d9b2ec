package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.common.Address;
import dev.kafkapod.common.Answer;
import dev.kafkapod.storage.BrokerRegistration;
import dev.kafkapod.storage.ControllerReply;
import dev.kafkapod.storage.ControllerReply.Led;
import dev.kafkapod.storage.ControllerReply.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks several controllers at once, each by itself, so that none can hide another. */
public final class Controllers {

  /** For what knows no limit by itself: the resolving of a name, and the loading of classes. */
  private static final Duration MERCY = Duration.ofSeconds(8);

  /** How long the others are waited for once the leader has answered, which decides. */
  private static final Duration AFTER_THE_LEADER = Duration.ofMillis(500);

  private final List<ControllerProbe> probes;
  private final Duration limit;

  /**
   * Connects whenever it is asked.
   *
   * @param security settings for Kafka's clients
   * @param credentials what has their credentials, for messages
   * @param clusterId the cluster that they should belong to
   * @param limit how long connecting to a controller, and each question, may take
   */
  public Controllers(
      List<Address> addresses,
      Map<String, String> security,
      String credentials,
      Optional<String> clusterId,
      Duration limit) {
    this.limit = limit;
    probes =
        addresses.stream()
            .map(address -> new ControllerProbe(address, security, credentials, clusterId, limit))
            .toList();
  }

  /**
   * What each of them answers, in the order of their addresses. Once the leader has answered, the
   * others aren't waited for.
   */
  public List<ControllerReply> ask() {
    CountDownLatch open = new CountDownLatch(probes.size());
    List<Question<ControllerReply>> questions =
        probes.stream()
            .map(probe -> Question.ask("controller " + probe.address(), () -> ask(probe, open)))
            .toList();
    Deadline deadline = Deadline.in(await(open) ? AFTER_THE_LEADER : Duration.ZERO);
    List<ControllerReply> replies = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      Answer<ControllerReply> answer = questions.get(i).answer(deadline);
      String address = probes.get(i).address().toString();
      replies.add(
          answer
              .value()
              .orElseGet(
                  () -> new ControllerReply(address, new Refused(answer.cause().orElseThrow()))));
    }
    return replies;
  }

  private static ControllerReply ask(ControllerProbe probe, CountDownLatch open) {
    boolean decides = false;
    try {
      ControllerReply reply = probe.ask();
      decides = reply.reply() instanceof Led;
      return reply;
    } finally {
      for (long others = decides ? open.getCount() : 1; others > 0; others--) {
        open.countDown();
      }
    }
  }

  private boolean await(CountDownLatch open) {
    try {
      return open.await(limit.plus(MERCY).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the cluster knows a broker, by the first of these replies that has a leader. */
  public BrokerRegistration registration(int brokerId, List<ControllerReply> replies) {
    for (int i = 0; i < probes.size(); i++) {
      if (replies.get(i).reply() instanceof Led) {
        return probes.get(i).registration(brokerId);
      }
    }
    return BrokerRegistration.UNKNOWN;
  }
}
