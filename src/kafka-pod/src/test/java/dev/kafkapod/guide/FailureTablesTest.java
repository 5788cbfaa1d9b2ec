package dev.kafkapod.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.guide.Aftermath.Writes;
import dev.kafkapod.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's tables say what the code computes. */
class FailureTablesTest {

  private static final Path GUIDE = Path.of("docs/guide.md");
  private static final Map<String, Supplier<String>> TABLES =
      new TreeMap<>(
          Map.of(
              "single", FailureTables::single,
              "stretch", FailureTables::stretch,
              "min-isr", FailureTables::minIsr,
              "turns", TurnsTable::turns));

  private static String computed() throws IOException {
    String guide = Files.readString(GUIDE);
    StringBuilder result = new StringBuilder();
    Matcher matcher =
        Pattern.compile("(?s)(<!-- computed: (\\S+) -->\n).*?(<!-- end -->)").matcher(guide);
    int found = 0;
    while (matcher.find()) {
      found++;
      String table = TABLES.get(matcher.group(2)).get();
      matcher.appendReplacement(
          result, Matcher.quoteReplacement(matcher.group(1) + table + matcher.group(3)));
    }
    matcher.appendTail(result);
    assertThat(found).as("computed tables in " + GUIDE).isEqualTo(TABLES.size());
    return result.toString();
  }

  @Test
  void theGuideSaysWhatIsComputed() throws IOException {
    Golden.assertHolds(GUIDE, computed());
  }

  @Test
  void moreBrokersInEachRackChangeNothingForZonesAndClusters() {
    assertThat(Failure.stretch())
        .filteredOn(it -> !it.name().contains("broker"))
        .hasSizeGreaterThan(7)
        .allSatisfy(
            failure ->
                assertThat(FailureTables.alike(Layout.stretch(1, 3), Layout.stretch(2, 3), failure))
                    .as(failure.name())
                    .isTrue());
  }

  /** What is true of such a cluster by counting on one's fingers. */
  @Test
  void agreesWithTheFingers() {
    Layout stretch = Layout.stretch(1, 3);

    assertThat(Aftermath.of(stretch, 3, Set.of(0, 1, 2, 100)).writes()).isEqualTo(Writes.YES);
    assertThat(Aftermath.of(stretch, 4, Set.of(0, 1, 2, 100)).writes())
        .isEqualTo(Writes.UNDER_MIN_ISR);
    assertThat(Aftermath.of(stretch, 3, Set.of(0, 1, 2, 100, 3)).writes())
        .isEqualTo(Writes.UNDER_MIN_ISR);
    assertThat(Aftermath.of(stretch, 3, Set.of(0, 1, 2, 100, 102)).writes())
        .isEqualTo(Writes.NO_QUORUM);
    assertThat(Aftermath.of(stretch, 3, Set.of(100, 102)).writes())
        .isEqualTo(Writes.UNTIL_A_BROKER_IS_LOST);
    assertThat(Aftermath.of(Layout.single(), 2, Set.of(0, 100)).writes()).isEqualTo(Writes.YES);
    assertThat(Aftermath.of(Layout.single(), 2, Set.of(0, 1, 2)).writes())
        .isEqualTo(Writes.NO_LEADER);
  }

  @Test
  void turnsKeepWritesGoingByTheFingers() {
    Layout even = Layout.stretch(1, 3).with(4, Layout.Placement.EVEN);
    Layout three = Layout.stretch(1, 3).with(3, Layout.Placement.EVEN);

    // three zones, two of each side, so that one zone has two: any two of four may be away
    assertThat(TurnsTable.let(even, 2, List.of(0, 3, 1))).containsExactly(0, 3);
    // zone a's two brokers never hold the same partition; of any other two some do
    assertThat(TurnsTable.let(three, 2, List.of(0, 4, 3))).containsExactly(0, 3);
    assertThat(Aftermath.of(even, 2, Set.of(0, 1, 2, 100)).writes()).isEqualTo(Writes.YES);
    assertThat(Aftermath.of(three, 2, Set.of(0, 1, 2, 100)).writes())
        .isEqualTo(Writes.UNDER_MIN_ISR);
  }

  @Test
  void evenIsTwoOnEachSideOfFour() {
    Layout even = Layout.stretch(1, 3).with(4, Layout.Placement.EVEN);

    assertThat(even.placed())
        .hasSizeGreaterThan(3)
        .allSatisfy(it -> assertThat(even.counts(it, Layout.Site::cluster)).containsExactly(2, 2));
    assertThat(Layout.stretch(1, 3).with(4, Layout.Placement.SHUFFLED).placed()).hasSize(15);
  }

  @Test
  void placesTwoReplicasInEachZoneAndThreeInEachKubernetesCluster() {
    Layout layout = Layout.stretch(2, 3);

    assertThat(layout.healthy(3).partitions())
        .hasSize(24)
        .allSatisfy(
            partition -> {
              assertThat(partition.replicas()).doesNotHaveDuplicates().hasSize(6);
              assertThat(partition.replicas())
                  .extracting(id -> layout.brokers().get(id).rack())
                  .doesNotHaveDuplicates();
            });
  }

  @Test
  void layoutsAreThoseOfTheManifestsAndTemplates() throws IOException {
    Layout stretch = Layout.stretch(1, 3);
    String cluster = Files.readString(Path.of("deploy/stretch/cluster/kustomization.yaml"));

    assertThat(cluster).contains("KAFKA_POD_CONTROLLER_SITES=" + sites(stretch));
    assertThat(
            Pattern.compile("(\\d+)@controller")
                .matcher(cluster)
                .results()
                .map(it -> Integer.valueOf(it.group(1))))
        .containsExactlyElementsOf(new TreeSet<>(stretch.controllers().keySet()));
    assertThat(Files.readString(Path.of("deploy/base/statefulset.yaml"))).contains("replicas: 3\n");
    assertThat(Files.readString(Path.of("deploy/overlays/stretch-b/broker.yaml")))
        .contains("value: \"3\"");
    assertThat(settings("broker-stretch"))
        .contains("default.replication.factor=6", "min.insync.replicas=3");
    assertThat(settings("broker"))
        .contains("default.replication.factor=3", "min.insync.replicas=2");
  }

  private static String sites(Layout layout) {
    return new TreeMap<>(layout.controllers())
        .values().stream().map(Layout.Site::zone).collect(Collectors.joining(","));
  }

  private static List<String> settings(String template) throws IOException {
    return Files.readAllLines(Path.of("config-templates", template + ".properties"));
  }
}
