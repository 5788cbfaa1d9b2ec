package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.RecoveryProgress;
import dev.kafkapod.readiness.fixtures.Given;
import dev.kafkapod.verdictfile.OverridesLine;
import dev.kafkapod.verdictfile.Proc;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictFile.VerdictLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNodeTest {

  private static final BrokerProbe SILENT =
      () -> {
        throw new Unanswered("the broker hangs");
      };

  private static final String RECOVERING =
      "{\"nodeId\":3,\"state\":\"RECOVERY\",\"controller\":false,\"recovery\":{\"remainingLogs\":4,\"remainingSegments\":9}}";

  private final List<HttpServer> servers = new ArrayList<>();
  @TempDir private Path directory;

  private Answer<LocalNode.Self> ask(Supplier<BrokerProbe> jmx) {
    return ask(new LocalNode(jmx, false, directory, Optional::empty));
  }

  private static Answer<LocalNode.Self> ask(LocalNode node) {
    return node.ask().answer(Deadline.in(Duration.ofSeconds(5)));
  }

  private Path write(String text) throws IOException {
    Files.createDirectories(directory.resolve("config"));
    return Files.writeString(directory.resolve("config/server.properties"), text);
  }

  @Test
  void believesTheNodeItselfFirst() throws IOException {
    write("node.id=7\nprocess.roles=broker\n");

    LocalNode.Self self = ask(() -> () -> Given.aBroker(1).build()).value().orElseThrow();

    assertThat(self.snapshot().nodeId()).isEqualTo(OptionalInt.of(1));
    assertThat(self.lacks()).isEmpty();
  }

  @Test
  void readsWhoItIsWhereItSaysNothing() throws IOException {
    Path file = write("node.id=7\nprocess.roles=broker,controller\n");

    LocalNode.Self self = ask(() -> SILENT).value().orElseThrow();

    assertThat(self.snapshot().name()).isEqualTo("broker 7");
    assertThat(self.snapshot().state()).contains(BrokerState.UNKNOWN);
    assertThat(self.snapshot().controller()).isTrue();
    assertThat(self.lacks())
        .contains("the broker hangs; that it is broker 7 is known from " + file);
  }

  /** Another cluster, asked by mistake, has a broker of that id as well. */
  @Test
  void readsOfItsDisksWhichClusterItBelongsTo() throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Files.writeString(
        disk.resolve("meta.properties"),
        "version=1\nnode.id=7\ncluster.id=MkU3OEVBNTcwNTJENDM2Qg\n");
    write(
        "node.id=7\nprocess.roles=broker\nlog.dirs=%s,%s\n"
            .formatted(directory.resolve("new"), disk));

    assertThat(ask(() -> SILENT).value().orElseThrow().snapshot().clusterId())
        .contains("MkU3OEVBNTcwNTJENDM2Qg");
  }

  @Test
  void readsThatItIsAControllerOnly() throws IOException {
    write("node.id=100\nprocess.roles = controller\n");

    assertThat(ask(() -> SILENT).value().orElseThrow().snapshot().isControllerOnly()).isTrue();
  }

  /** This JVM stands in for the broker's process. */
  private void withAgentOf(String broker) throws IOException {
    HttpServer agent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    servers.add(agent);
    agent.createContext(
        "/status",
        exchange -> {
          byte[] body = "{\"broker\":%s}".formatted(broker).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    agent.start();
    VerdictLine line = new VerdictLine(0, "ready");
    Files.writeString(
        directory.resolve("verdict"),
        new VerdictFile(
                Proc.self(),
                OptionalInt.of(3),
                Proc.uptimeSeconds() + 50,
                Optional.of("127.0.0.1:" + agent.getAddress().getPort()),
                OverridesLine.of(Optional.empty(), directory.resolve("shared")),
                line,
                line,
                line)
            .format());
  }

  @AfterEach
  void stopAgents() {
    servers.forEach(it -> it.stop(0));
  }

  @Test
  void hearsFromTheAgentWhoItIsAndHowWhereItSaysNothing() throws IOException {
    withAgentOf(RECOVERING);

    LocalNode.Self self = ask(() -> SILENT).value().orElseThrow();

    assertThat(self.snapshot().name()).isEqualTo("broker 3");
    assertThat(self.snapshot().recovery()).contains(new RecoveryProgress(4, 9));
    assertThat(self.lacks()).as("the agent knows its state").isEmpty();
  }

  @Test
  void believesTheAgentMoreThanTheConfigurationForItKnowsTheState() throws IOException {
    withAgentOf(RECOVERING);
    write("node.id=3\nprocess.roles=broker\n");

    assertThat(ask(() -> SILENT).value().orElseThrow().snapshot().state())
        .contains(BrokerState.RECOVERY);
  }

  @Test
  void takesNoOtherBrokersAgentForItsOwn() throws IOException {
    withAgentOf(RECOVERING);
    Path named = Files.writeString(directory.resolve("named"), "node.id=8\n");
    LocalNode node =
        new LocalNode(
            () -> SILENT,
            false,
            directory,
            () -> Optional.of(new BrokerCommandLine(named, Map.of())));

    assertThat(ask(node).cause())
        .contains(
            "the agent that left its verdict in %s is that of broker 3, but by %s this is broker 8; name this one's run directory with --run-dir"
                .formatted(directory, named));
  }

  @Test
  void readsWhoItIsWhereTheAgentDoesNotKnowItsBroker() throws IOException {
    withAgentOf("{\"problem\":\"it hangs\"}");
    write("node.id=7\n");

    LocalNode.Self self = ask(() -> SILENT).value().orElseThrow();

    assertThat(self.snapshot().name()).isEqualTo("broker 7");
    assertThat(self.lacks()).isPresent();
  }

  @Test
  void takesTheConfigurationThatIsNamedBeforeTheOneInTheRunDirectory() throws IOException {
    write("node.id=7\n");
    Path named = Files.writeString(directory.resolve("named"), "broker.id=8\n");
    Supplier<Optional<BrokerCommandLine>> configured =
        () -> Optional.of(new BrokerCommandLine(named, Map.of()));

    LocalNode node = new LocalNode(() -> SILENT, false, directory, configured);

    assertThat(ask(node).value().orElseThrow().snapshot().name()).isEqualTo("broker 8");
  }

  @Test
  void isSilentWhereNobodyKnows() {
    assertThat(ask(() -> SILENT).cause()).contains("the broker hangs");
  }

  @Test
  void isWrongWhereTheOptionsAreAndNobodyElseKnows() throws IOException {
    Supplier<BrokerProbe> several =
        () -> {
          throw new Misconfigured("found 2 broker processes");
        };

    assertThatThrownBy(() -> ask(several)).hasMessage("found 2 broker processes");

    write("node.id=7\n");
    assertThat(ask(several).value()).isPresent();
  }

  @Test
  void doesNotAttachAgainAtOnceToWhatForbidsIt() throws IOException {
    write("node.id=7\n");
    AtomicInteger attempts = new AtomicInteger();
    BrokerProbe forbidden =
        () -> {
          attempts.incrementAndGet();
          throw new Unanswered("can't be attached to");
        };
    LocalNode node = new LocalNode(() -> forbidden, true, directory, Optional::empty);

    assertThat(ask(node).value()).isPresent();
    assertThat(ask(node).value()).isPresent();
    assertThat(attempts).hasValue(1);
  }
}
