package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks at the wrong address, or in the wrong way, hears that, and long before the end. */
@Tag("matrix")
class WrongAddressIT {

  private static final String HOST = "127.0.0.1";

  /** What the commands may take at most, and what they must not need of it. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final Duration SOON = Duration.ofSeconds(15);

  private static final String INTERNAL = "INTERNAL://";
  private static KafkaCluster cluster;
  @TempDir private Path directory;

  /** Clients log in by SASL_SSL at CLIENT; INTERNAL and CONTROLLER are in plain text. */
  @BeforeAll
  static void startCluster() {
    cluster = KafkaCluster.kraft().brokers(1).saslSsl().start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static Result canStop(String... options) {
    return KafkaPodCli.packaged()
        .run(
            Stream.concat(
                    Stream.of("can-stop", "--brokers=0", "--timeout=" + TIMEOUT.toSeconds() + "s"),
                    Stream.of(options))
                .toArray(String[]::new));
  }

  private static void assertCannotTell(Result result, String... because) {
    assertThat(result.line()).as(result.toString()).startsWith("cannot tell: ").contains(because);
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.err()).as("no stack trace, no log of the client").isEmpty();
    assertThat(result.took()).as(result.toString()).isLessThan(SOON);
  }

  private static String client() {
    return cluster.broker(0).bootstrapServer();
  }

  private static String internal() {
    Path file = cluster.broker(0).directory().resolve("server.properties");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Stream.of(properties.getProperty("listeners").split(",", -1))
        .filter(it -> it.startsWith(INTERNAL))
        .findFirst()
        .orElseThrow()
        .substring(INTERNAL.length());
  }

  private static String controller() {
    return cluster.controllers().get(0).bootstrapServer();
  }

  /** The admin's own settings with some lines in place of others. */
  private String config(String... lines) throws IOException {
    List<String> all =
        new ArrayList<>(Files.readAllLines(cluster.clientConfig("admin"), StandardCharsets.UTF_8));
    for (String line : lines) {
      all.removeIf(it -> it.startsWith(line.substring(0, line.indexOf('=') + 1)));
      all.add(line);
    }
    return "--command-config=" + Files.write(directory.resolve("client.properties"), all);
  }

  @Test
  void aClosedPortIsNamedAtOnceAndSoAreSeveral() {
    String one = HOST + ":" + FreePorts.find(HOST);
    String other = HOST + ":" + FreePorts.find(HOST);

    assertCannotTell(
        canStop("--bootstrap-server=" + one),
        one
            + ": connection refused, so nothing listens there; check that the broker runs, and the address in --bootstrap-server");
    assertCannotTell(
        canStop("--bootstrap-server=" + one + "," + other),
        one + ", " + other + ": connection refused, so nothing listens there;");
    assertCannotTell(
        canStop("--bootstrap-server=[::1]:" + one.split(":", -1)[1]), "connection refused");
  }

  @Test
  void anAddressThatAnswersIsEnoughWhateverTheOthersAre() {
    String refused = HOST + ":" + FreePorts.find(HOST);
    Result result = canStop("--bootstrap-server=" + refused + ",nobody.invalid:9092," + internal());

    assertThat(result.exitCode()).as(result.toString()).isIn(0, 1);
  }

  @Test
  void aNameThatNobodyKnowsIsNamed() {
    String refused = HOST + ":" + FreePorts.find(HOST);

    assertCannotTell(
        canStop("--bootstrap-server=nobody.invalid:9092"),
        "nobody.invalid:9092: none of these host names resolves; check --bootstrap-server");
    assertCannotTell(
        canStop("--bootstrap-server=nobody.invalid:9092," + refused),
        "nobody.invalid:9092: DNS doesn't know the name; ",
        refused + ": connection refused");
  }

  @Test
  void plainTextOnATlsPortIsNamedAndNeedsNoMemory() throws Exception {
    assertCannotTell(
        canStop("--bootstrap-server=" + client()),
        client() + ": a listener with TLS, but asked by PLAINTEXT; set security.protocol=SSL in ");
    assertCannotTell(
        canStop("--bootstrap-server=" + client(), config("security.protocol=SASL_PLAINTEXT")),
        "a listener with TLS, but asked by SASL_PLAINTEXT; set security.protocol=SASL_SSL in ");
    Result large =
        KafkaPodCli.packaged()
            .with("KAFKA_POD_JVM_OPTIONS", "-Xmx512m")
            .run("can-stop", "--brokers=0", "--timeout=30s", "--bootstrap-server=" + client());
    assertCannotTell(large, "a listener with TLS, but asked by PLAINTEXT");
  }

  @Test
  void tlsOnAPlainTextPortIsNamed() throws Exception {
    assertCannotTell(
        canStop("--bootstrap-server=" + internal(), config()),
        internal()
            + ": a Kafka listener without TLS, but asked by SASL_SSL; set security.protocol=SASL_PLAINTEXT in ");
    assertCannotTell(
        canStop("--bootstrap-server=" + internal(), config("security.protocol=SSL")),
        "a Kafka listener without TLS, but asked by SSL; set security.protocol=PLAINTEXT in ");
  }

  @Test
  void saslThatOneSideOnlyWantsIsNamed() throws Exception {
    assertCannotTell(
        canStop("--bootstrap-server=" + internal(), config("security.protocol=SASL_PLAINTEXT")),
        "the listener lets clients in without SASL, which was tried (");
    assertCannotTell(
        canStop("--bootstrap-server=" + client(), config("security.protocol=SSL")),
        ": a listener with SASL (",
        "), but asked by SSL; set security.protocol=SASL_SSL in ");
  }

  @Test
  void mechanismPasswordAndTrustAreNamed() throws Exception {
    assertCannotTell(
        canStop(
            "--bootstrap-server=" + client(),
            config(
                "sasl.mechanism=SCRAM-SHA-512",
                "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=\"admin\" password=\"any\";")),
        "another SASL mechanism is wanted (",
        "; correct sasl.mechanism in ");
    assertCannotTell(
        canStop(
            "--bootstrap-server=" + client(),
            config(
                "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"not-this-one\";")),
        "authentication was refused (",
        "; check the credentials in ");
    List<String> withoutTrust =
        Files.readAllLines(cluster.clientConfig("admin")).stream()
            .filter(line -> !line.startsWith("ssl."))
            .toList();
    Path distrustful = Files.write(directory.resolve("distrustful.properties"), withoutTrust);
    assertCannotTell(
        canStop("--bootstrap-server=" + client(), "--command-config=" + distrustful),
        "the certificate that is shown there isn't trusted (",
        "; add the CA that has signed it to ssl.truststore.location in ");
  }

  /** Kafka's client never sends anything then, and tries again for as long as it may. */
  @Test
  void aLoginThatCannotBeginIsNamed() throws Exception {
    String plain =
        "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required";
    String fit = "; let sasl.mechanism and the login module fit each other in --command-config";
    assertCannotTell(
        canStop(
            "--bootstrap-server=" + client(),
            config(
                "sasl.mechanism=OAUTHBEARER", plain + " username=\"admin\" password=\"s3cret\";")),
        "this side can't begin to log in (Failed to create SaslClient with mechanism OAUTHBEARER)"
            + fit);
    assertCannotTell(
        canStop("--bootstrap-server=" + client(), config(plain + ";")),
        "this side can't begin to log in (Could not login: ",
        fit);
  }

  /** The credentials are in another file than the address. */
  @Test
  void aLoginModuleThatIsNoneIsNamedByItsPlace() throws Exception {
    Path jaas =
        Files.writeString(
            directory.resolve("jaas.conf"),
            "KafkaClient { org.apache.kafka.common.security.plain.NoLoginModule required password=\"s3cret\"; };");
    List<String> without =
        Files.readAllLines(cluster.clientConfig("admin")).stream()
            .filter(line -> !line.startsWith("sasl.jaas.config"))
            .toList();

    Result result =
        KafkaPodCli.packaged()
            .with("KAFKA_OPTS", "-Djava.security.auth.login.config=" + jaas)
            .run(
                "can-stop",
                "--brokers=0",
                "--bootstrap-server=" + client(),
                "--command-config=" + Files.write(directory.resolve("client.properties"), without));

    assertThat(result.err())
        .isEqualTo(
            "kafka-pod can-stop: section KafkaClient of the JAAS file %s (named by KAFKA_OPTS): Kafka's client can't log in by it: No LoginModule found for org.apache.kafka.common.security.plain.NoLoginModule; correct it, and let its login module be one of PLAIN (sasl.mechanism); see kafka-pod can-stop --help\n"
                .formatted(jaas));
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void controllersAreNoBrokersAndTheOtherWayRound() {
    assertCannotTell(
        canStop("--bootstrap-server=" + controller()),
        controller() + ": a controller's listener, but asked as a broker's; ");
    assertCannotTell(
        canStop("--bootstrap-controller=" + internal()),
        internal() + ": a broker's listener, but asked as a controller's; ");
  }

  /** Something on a port that isn't Kafka. */
  private static Result canStopBy(StrangeServer.Answering server, String... options)
      throws IOException {
    try (StrangeServer listener = new StrangeServer(server)) {
      return canStop(
          Stream.concat(
                  Stream.of("--bootstrap-server=" + HOST + ":" + listener.port()),
                  Stream.of(options))
              .toArray(String[]::new));
    }
  }

  @Test
  void whatIsNotKafkaIsNamed() throws Exception {
    StrangeServer.Answering web =
        client -> {
          byte[] request = new byte[64];
          StringBuilder all = new StringBuilder();
          while (all.indexOf("\r\n\r\n") < 0) {
            int length = client.getInputStream().read(request);
            if (length < 0) {
              break;
            }
            all.append(new String(request, 0, length, StandardCharsets.ISO_8859_1));
          }
          say(client, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
          client.close();
        };
    assertCannotTell(canStopBy(web), ": speaks HTTP, so it is no Kafka listener; ");
    assertCannotTell(canStopBy(web, config()), ": speaks HTTP, so it is no Kafka listener; ");
    assertCannotTell(
        canStopBy(client -> say(client, "SSH-2.0-OpenSSH_9.2p1\r\n")),
        ": answers 'SSH-2.0-OpenSSH_9.2p1', but not as Kafka does; ");
    assertCannotTell(canStopBy(Socket::close), ": closes connections at once: a proxy without ");
  }

  private static void say(Socket client, String words) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(words.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Test
  void aPortThatSaysNothingIsWaitedForAndNamed() throws Exception {
    Result result;
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      result =
          KafkaPodCli.packaged()
              .run(
                  "can-stop",
                  "--brokers=0",
                  "--timeout=8s",
                  "--bootstrap-server=" + HOST + ":" + silent.getLocalPort());
    }

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.line())
        .as(result.toString())
        .contains(": accepts connections and says nothing: the process hangs, or it is no Kafka");
  }

  @Test
  void readinessAndStatusSayItToo() {
    KafkaNode broker = cluster.broker(0);
    for (String command : List.of("ready", "status")) {
      Result result =
          KafkaPodCli.packaged()
              .run(
                  command,
                  "--timeout=30s",
                  "--jmx-url=" + broker.jmxUrl(),
                  "--bootstrap-server=" + client());
      assertThat(result.out())
          .as(result.toString())
          .contains(client() + ": a listener with TLS, but asked by PLAINTEXT; ");
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.took()).isLessThan(SOON);
    }
  }

  @Test
  void awaitSafeStopNamesTheReasonAndWaitsOn() {
    Result result =
        KafkaPodCli.packaged()
            .run(
                "await-safe-stop",
                "--max-wait=15s",
                "--brokers=0",
                "--bootstrap-server=" + client());

    assertThat(result.out())
        .as(result.toString())
        .startsWith("waiting: cannot tell: ")
        .contains("a listener with TLS, but asked by PLAINTEXT");
    assertThat(result.took()).isGreaterThan(Duration.ofSeconds(14));
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void aJmxPortThatIsNoneIsNamed() throws Exception {
    String kafka = cluster.broker(0).bootstrapServer();
    assertJmx(internal(), "can't be reached over JMX: it is a Kafka listener and no JMX port;");
    assertJmx(
        HOST + ":" + FreePorts.find(HOST),
        "can't be reached over JMX: Connection refused, so nothing listens there; check that the broker runs, and --jmx-url");
    assertJmx(kafka, "can't be reached over JMX: its RMI registry speaks TLS (");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertJmx(
          HOST + ":" + silent.getLocalPort(),
          "accepts connections and says nothing: the broker hangs or is stopped, or it is no JMX port;");
    }
  }

  private static void assertJmx(String address, String because) {
    Result result =
        KafkaPodCli.packaged()
            .run(
                "live",
                "--timeout=8s",
                "--jmx-url=service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi");
    assertCannotTell(result, because);
  }
}
