package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.fixtures.Given;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.Selection;
import dev.kafkapod.stopping.StopPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose silence an operator may have ignored, where the cluster doesn't answer. */
class StopInquiryTest {

  private static final Duration TIME = Duration.ofSeconds(5);

  @TempDir private Path directory;

  private Verdict verdict(Set<Integer> named, Optional<BrokerProbe> local) {
    return new StopInquiry(
            "await-safe-stop",
            new StopPolicy(Allowance.SINGLE),
            new Selection(named, Optional.empty(), Optional.empty()),
            false,
            local.map(it -> new LocalNode(() -> it, false, directory, Optional::empty)),
            () -> new ClientSettings(Asked.BROKERS, List.of("127.0.0.1:1"), Map.of()),
            verdict -> new Verdict.Yes("ignored"))
        .ask(TIME, Deadline.in(TIME))
        .report()
        .verdict();
  }

  @Test
  void theClustersForANodeThatIsNamedOrSaysWhoItIs() {
    assertThat(verdict(Set.of(1), Optional.empty())).isEqualTo(new Verdict.Yes("ignored"));
    assertThat(verdict(Set.of(), Optional.of(() -> Given.aBroker(1).build())))
        .isEqualTo(new Verdict.Yes("ignored"));
  }

  @Test
  void neverTheLocalNodesOwn() {
    BrokerProbe silent =
        () -> {
          throw new Unanswered("the broker hangs");
        };

    assertThat(verdict(Set.of(), Optional.of(silent))).isInstanceOf(Verdict.CannotTell.class);
    assertThat(verdict(Set.of(), Optional.of(() -> Given.aBroker(1).withoutNodeId().build())))
        .isInstanceOf(Verdict.CannotTell.class);
  }

  @Test
  void theClustersWhereTheConfigurationSaysWhoTheLocalNodeIs() throws IOException {
    Files.createDirectories(directory.resolve("config"));
    Files.writeString(directory.resolve("config/server.properties"), "node.id=1\n");
    BrokerProbe silent =
        () -> {
          throw new Unanswered("the broker hangs");
        };

    assertThat(verdict(Set.of(), Optional.of(silent))).isEqualTo(new Verdict.Yes("ignored"));
  }

  @Test
  void aFileThatIsMissingIsNoEndButAMistakeThatMayHeal() {
    StopInquiry inquiry =
        new StopInquiry(
            "await-safe-stop",
            new StopPolicy(Allowance.SINGLE),
            new Selection(Set.of(1), Optional.empty(), Optional.empty()),
            false,
            Optional.empty(),
            () -> {
              throw new Misconfigured("there is no file /x");
            },
            verdict -> verdict);

    StopInquiry.Heard heard = inquiry.ask(TIME, Deadline.in(TIME));

    assertThat(heard.wrong()).map(Misconfigured::getMessage).contains("there is no file /x");
    assertThat(heard.report().line()).isEqualTo("cannot tell: there is no file /x");
  }

  @Test
  void whereMemoryIsShortTheRemedyIsNamed() {
    StopInquiry inquiry =
        new StopInquiry(
            "await-safe-stop",
            new StopPolicy(Allowance.SINGLE),
            new Selection(Set.of(1), Optional.empty(), Optional.empty()),
            false,
            Optional.empty(),
            () -> {
              throw new OutOfMemoryError("Java heap space");
            },
            verdict -> verdict);

    assertThat(inquiry.ask(TIME, Deadline.in(TIME)).report().line())
        .startsWith(
            "cannot tell: Java's memory isn't enough (Java heap space, with a heap of at most ")
        .contains("KAFKA_POD_JVM_OPTIONS=-Xmx");
  }
}
