package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.readiness.Answer;
import dev.kafkapod.settings.Address;
import dev.kafkapod.storage.Acquaintance;
import dev.kafkapod.storage.ControllerReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks several controllers at once, each by itself, so that none can hide another. */
public final class Controllers implements AutoCloseable {

  /** For what knows no limit by itself: the resolving of a name. */
  private static final Duration MERCY = Duration.ofSeconds(3);

  private final List<ControllerProbe> probes;
  private final Duration limit;

  /**
   * Connects when it is first asked.
   *
   * @param security settings for Kafka's clients
   * @param limit how long one controller may take for an answer
   */
  public Controllers(List<Address> addresses, Map<String, String> security, Duration limit) {
    this.limit = limit;
    probes =
        addresses.stream().map(address -> new ControllerProbe(address, security, limit)).toList();
  }

  /** What each of them answers, in the order of their addresses. */
  public List<ControllerReply> ask() {
    Deadline deadline = Deadline.in(limit.plus(MERCY));
    List<Question<ControllerReply>> questions =
        probes.stream()
            .map(probe -> Question.ask("controller " + probe.address(), probe::ask))
            .toList();
    List<ControllerReply> replies = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      Answer<ControllerReply> answer = questions.get(i).answer(deadline);
      String address = probes.get(i).address().toString();
      replies.add(
          answer
              .value()
              .orElseGet(
                  () ->
                      new ControllerReply(
                          address, new ControllerReply.Refused(answer.cause().orElseThrow()))));
    }
    return replies;
  }

  /** Whether the cluster knows a broker, by the first of these replies that has a leader. */
  public Acquaintance acquaintance(int brokerId, List<ControllerReply> replies) {
    for (int i = 0; i < probes.size(); i++) {
      if (replies.get(i).reply() instanceof ControllerReply.Led) {
        return probes.get(i).acquaintance(brokerId);
      }
    }
    return Acquaintance.UNKNOWN;
  }

  @Override
  public void close() {
    probes.forEach(ControllerProbe::close);
  }
}
