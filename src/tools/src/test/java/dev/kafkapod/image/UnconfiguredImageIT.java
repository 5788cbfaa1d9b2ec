package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.PortBinding;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** {@code docker run -p 9092:9092 IMAGE}, and nothing else. */
@Tag("image")
@Tag("everyday")
class UnconfiguredImageIT {

  private static final String HOST = "127.0.0.1";

  /** API key ApiVersions (18), version 0, correlation id 7, a client id of no length. */
  private static final byte[] REQUEST = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 7, 0, 0};

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @Test
  void isReachedThroughAPublishedPortAndSaysWhatItListensOn() {
    int port = FreePorts.find(HOST);
    try (GenericContainer<?> kafka = new GenericContainer<>(BuiltImage.get())) {
      kafka.withCreateContainerCmdModifier(
          command ->
              command
                  .getHostConfig()
                  .withPortBindings(PortBinding.parse(HOST + ":" + port + ":9092")));
      kafka.setWaitStrategy(Wait.forLogMessage(".*Kafka Server started.*", 1));
      kafka.start();

      Integer correlation =
          Await.until(
              "an answer through the published port",
              Duration.ofSeconds(60),
              () -> ask(port),
              answer -> answer == 7,
              kafka::getLogs);

      assertThat(correlation).isEqualTo(7);
      assertThat(kafka.getLogs().lines().filter(line -> line.startsWith("listens: ")))
          .singleElement()
          .asString()
          .startsWith(
              "listens: PLAINTEXT (PLAINTEXT) on *:9092, advertised as 127.0.0.1:9092; CONTROLLER"
                  + " (PLAINTEXT) on 127.0.0.1:9093; set by template single-node:")
          .contains("the network is this container's own")
          .endsWith("KAFKA_POD_BIND=127.0.0.1 binds loopback alone");
    }
  }

  private static int ask(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
      socket.setSoTimeout(5_000);
      new DataOutputStream(socket.getOutputStream()).write(REQUEST);
      DataInputStream answer = new DataInputStream(socket.getInputStream());
      answer.readInt(); // its length
      return answer.readInt();
    }
  }

  @Test
  void bindsNoAddressOfTheMachineWhoseNetworkItHas() {
    assertThat(listens("--network", "host"))
        .startsWith("listens: PLAINTEXT (PLAINTEXT) on 127.0.0.1:9092, ")
        .contains(
            "the network is a machine's, so only 127.0.0.1 is bound, which can't be reached from outside")
        .endsWith("KAFKA_POD_BIND=0.0.0.0 binds all addresses");
  }

  @Test
  void bindsLoopbackWhereThereIsNothingElse() {
    assertThat(listens("--network", "none")).contains(" on 127.0.0.1:9092, ");
  }

  @Test
  void isNarrowedAndWidenedByOneVariable() {
    assertThat(listens("--env", "KAFKA_POD_BIND=127.0.0.1")).contains(" on 127.0.0.1:9092, ");
    assertThat(listens("--network", "host", "--env", "KAFKA_POD_BIND=0.0.0.0"))
        .contains(" on *:9092, ");
  }

  private static String listens(String... options) {
    List<String> command = new java.util.ArrayList<>(List.of("docker", "run", "--rm"));
    command.addAll(List.of(options));
    command.addAll(
        List.of(BuiltImage.get().asCanonicalNameString(), "kafka-pod", "render", "--check"));
    return BuiltImage.run(command)
        .lines()
        .filter(line -> line.startsWith("listens: "))
        .findFirst()
        .orElseThrow();
  }
}
