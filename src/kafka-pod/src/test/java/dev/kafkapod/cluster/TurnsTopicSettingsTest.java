package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.turns.TurnRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTopicSettingsTest {

  private static final String CORRECT =
      "; correct it with kafka-configs.sh --alter --entity-type topics --entity-name stops --add-config ";
  private final TurnsTopicSettings settings = new TurnsTopicSettings("stops");

  private static Map<String, String> made(int brokers, String... changes) {
    Map<String, String> made = new HashMap<>(TurnsTopicSettings.of(brokers));
    for (int i = 0; i < changes.length; i += 2) {
      made.put(changes[i], changes[i + 1]);
    }
    return made;
  }

  private List<String> faults(String... changes) {
    return settings.faults(1, made(3, changes));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,2,1", "3,3,2", "4,4,2", "5,5,2", "100,5,2", "0,1,1"})
  void whatItMakesHasNoFaultAndNoWeakness(int brokers, int replicas, int minIsr) {
    assertThat(TurnsTopicSettings.replicas(brokers)).isEqualTo((short) replicas);
    Map<String, String> made = TurnsTopicSettings.of(brokers);
    assertThat(made).containsEntry("min.insync.replicas", String.valueOf(minIsr));
    assertThat(settings.faults(1, made)).isEmpty();
    assertThat(settings.weaknesses(replicas, brokers, made)).isEmpty();
  }

  @Test
  void keepsEachRecordForLongerThanItMayStand() {
    long kept = Long.parseLong(TurnsTopicSettings.of(3).get("min.compaction.lag.ms"));
    assertThat(kept).isGreaterThan(TurnRequest.LONGEST.toMillis());
    assertThat(Long.parseLong(TurnsTopicSettings.of(3).get("max.compaction.lag.ms")))
        .isGreaterThan(kept);
  }

  /** Live, registered, and how many it is made for. */
  @ParameterizedTest
  @CsvSource({"3,3,3", "2,3,3", "1,3,3", "1,1,1", "2,2,2", "4,9,4", "3,9,3", "2,9,3", "6,6,6"})
  void aBrokerThatIsDownForAMomentCountsWhereFewAreLeft(int live, int registered, int made) {
    assertThat(TurnsTopicSettings.brokers(live, registered)).isEqualTo(made);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cleanup.policy|delete|compact",
        "cleanup.policy|compact,delete|compact",
        "cleanup.policy|''|compact",
        "message.timestamp.type|CreateTime|LogAppendTime",
        "unclean.leader.election.enable|true|false"
      })
  void tellsWhichSettingBreaksTheLockWhatItIsAndTheCommand(
      String setting, String seen, String must) {
    assertThat(faults(setting, seen))
        .containsExactly(
            "topic stops must have %s=%s, and has %s%s%s=%s"
                .formatted(setting, must, seen, CORRECT, setting, must));
  }

  @ParameterizedTest
  @CsvSource({"0", "86399999", "-1", "many"})
  void tellsThatRecordsMayBeCompactedTooEarly(String lag) {
    assertThat(faults("min.compaction.lag.ms", lag))
        .containsExactly(
            "topic stops must have min.compaction.lag.ms=86400000 or more, and has "
                + lag
                + CORRECT
                + "min.compaction.lag.ms=86400000");
    assertThat(faults("min.compaction.lag.ms", "86400001")).isEmpty();
  }

  @Test
  void theCommandRaisesAMaximumThatKafkaWouldRefuse() {
    assertThat(faults("min.compaction.lag.ms", "0", "max.compaction.lag.ms", "1000"))
        .singleElement()
        .asString()
        .endsWith("--add-config min.compaction.lag.ms=86400000,max.compaction.lag.ms=172800000");
  }

  @Test
  void tellsAllAtOnceAndWhatIsUnknown() {
    assertThat(settings.faults(2, Map.of()))
        .containsExactly(
            "topic stops must have one partition, because the order of its records is the lock, and has 2; delete it with kafka-topics.sh --delete --topic stops while no node stops: kafka-pod makes it anew",
            "topic stops must have cleanup.policy=compact, and has unknown; message.timestamp.type=LogAppendTime, and has unknown; unclean.leader.election.enable=false, and has unknown; min.compaction.lag.ms=86400000 or more, and has unknown"
                + CORRECT
                + "cleanup.policy=compact,message.timestamp.type=LogAppendTime,unclean.leader.election.enable=false,min.compaction.lag.ms=86400000");
  }

  private List<String> weaknesses(int replicas, int brokers, String minIsr) {
    return settings.weaknesses(replicas, brokers, made(3, "min.insync.replicas", minIsr));
  }

  @Test
  void tellsThatItHasFewReplicas() {
    assertThat(weaknesses(1, 3, "1"))
        .containsExactly(
            "topic stops has 1 replica, and on 3 brokers it could have 3: while its broker is down, no turn can be taken; add replicas with kafka-reassign-partitions.sh");
    assertThat(weaknesses(2, 9, "1"))
        .containsExactly(
            "topic stops has 2 replicas, and on 9 brokers it could have 5: while its brokers are down, no turn can be taken; add replicas with kafka-reassign-partitions.sh");
    assertThat(weaknesses(3, 9, "2")).isEmpty();
    assertThat(weaknesses(1, 1, "1")).isEmpty();
  }

  @Test
  void tellsWhereItsMinimumIsTooLowOrTooHigh() {
    String set = CORRECT + "min.insync.replicas=";
    assertThat(weaknesses(3, 3, "1"))
        .containsExactly(
            "topic stops has min.insync.replicas=1 with 3 replicas: a disk that is lost may take turns with it"
                + set
                + "2");
    assertThat(weaknesses(3, 3, "3"))
        .containsExactly(
            "topic stops has min.insync.replicas=3 with 3 replicas: no turn can be taken while one of them is down"
                + set
                + "2");
    assertThat(weaknesses(2, 2, "2"))
        .containsExactly(
            "topic stops has min.insync.replicas=2 with 2 replicas: no turn can be taken while one of them is down"
                + set
                + "1");
    assertThat(weaknesses(2, 2, "3"))
        .containsExactly(
            "topic stops has min.insync.replicas=3 with 2 replicas: no turn can be taken"
                + set
                + "1");
    assertThat(weaknesses(1, 1, "2"))
        .containsExactly(
            "topic stops has min.insync.replicas=2 with 1 replica: no turn can be taken"
                + set
                + "1");
  }

  @Test
  void tellsSeveralWeaknessesAtOnce() {
    assertThat(weaknesses(2, 3, "2")).hasSize(2);
  }
}
