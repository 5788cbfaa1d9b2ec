package dev.kafkapod.agent;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Address;
import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's HTTP server, and clients that are rude to it. */
@Tag("quiet")
class EndpointIT {

  private static final String HOST = "127.0.0.1";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Kubelets give up after a second by default; half of that is for a busy machine. */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private static final List<String> PAGES =
      List.of("/readyz", "/livez", "/startupz", "/status", "/metrics");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private final Address address = new Address(HOST, FreePorts.find(HOST));
  private final Judge judge =
      new Judge(
          ReadinessPolicy.of(GatePreset.BALANCED),
          Duration.ofNanos(1),
          Duration.ofSeconds(30),
          System.nanoTime());
  private final Endpoint endpoint =
      new Endpoint(Optional.of(address), judge, Duration.ofMillis(100));
  private final List<Socket> sockets = new ArrayList<>();
  private Set<Thread> former = Set.of();
  private final ScheduledExecutorService rude = Executors.newSingleThreadScheduledExecutor();

  @BeforeEach
  void open() throws InterruptedException {
    former = Set.copyOf(threads());
    openOnADaemonThread();
  }

  /** As in the agent: the JDK's server inherits it, and doesn't keep this JVM from ending. */
  private void openOnADaemonThread() throws InterruptedException {
    Thread thread = new Thread(endpoint::open, "endpoint-it");
    thread.setDaemon(true);
    thread.start();
    thread.join();
  }

  @AfterEach
  void close() throws IOException {
    rude.shutdownNow();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void ready() {
    ready(aCluster());
    ready(aCluster());
    assertThat(judge.agentState().readyReply().line()).startsWith("ready: ");
  }

  private void ready(ClusterBuilder cluster) {
    judge.broker(
        Answer.known(aBroker(1).build()),
        Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.empty())),
        System.nanoTime());
    judge.cluster(
        new ClusterEvaluation(
            Answer.known(cluster.build()),
            System.nanoTime(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(5),
            false),
        System.nanoTime());
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }

  @Test
  void saysWhereItAnswers() {
    assertThat(endpoint.address()).contains(address);
  }

  @Test
  void answersYesWith200() throws Exception {
    ready();

    for (String page : PAGES) {
      assertThat(get(page).statusCode()).as(page).isEqualTo(200);
    }
    assertThat(get("/readyz").body()).isEqualTo(judge.agentState().readyReply().line() + "\n");
    assertThat(get("/livez").body()).isEqualTo("live: broker 1 RUNNING\n");
    assertThat(get("/startupz").body()).isEqualTo("started: broker 1 RUNNING\n");
    assertThat(header(get("/readyz"), "Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(header(get("/readyz"), "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void answersNoWith503() throws Exception {
    ready(aCluster().with(aPartition("orders", 0).leaderless()));

    HttpResponse<String> response = get("/readyz");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo(judge.agentState().readyReply().line() + "\n");
    assertThat(response.body()).startsWith("not ready: offline 1 (orders-0)");
  }

  @Test
  void answersThatItCannotTellWith503() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(503);
    assertThat(get("/livez").body())
        .isEqualTo("cannot tell: the broker hasn't been looked at yet\n");
    assertThat(get("/startupz").body())
        .isEqualTo("cannot tell: the broker hasn't been looked at yet\n");
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/readyz", "/livez", "/startupz"})
  void cannotTellOnceTheAgentHasStoppedLooking(String page) throws Exception {
    long longAgo = System.nanoTime() - Duration.ofSeconds(70).toNanos();
    judge.broker(
        Answer.known(aBroker(1).build()),
        Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.empty())),
        longAgo);

    HttpResponse<String> response = get(page);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body())
        .matches("cannot tell: the agent last looked at the broker 7\\d s ago\n");
  }

  @Test
  void statusAndMetricsCannotTellEitherOnceTheAgentHasStoppedLooking() throws Exception {
    judge.broker(
        Answer.known(aBroker(1).build()),
        Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.empty())),
        System.nanoTime() - Duration.ofSeconds(70).toNanos());

    HttpResponse<String> status = get("/status", "Accept", "text/plain");
    assertThat(header(status, ExitCode.HTTP_HEADER)).isEqualTo("3");
    assertThat(status.body()).startsWith("cannot tell: the agent last looked at the broker 7");
    assertThat(get("/metrics").body())
        .contains("\nkafka_pod_live 0.0\n")
        .contains("\nkafka_pod_ready_exit_code 3.0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/readyz", "/livez", "/startupz", "/status", "/metrics"})
  void answersHeadWithoutABody(String page) throws Exception {
    ready();

    HttpResponse<String> response = send("HEAD", page);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(Integer.parseInt(header(response, "Content-Length"))).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/readyz/x", "/readyz/", "/readyzz", "/READYZ", "/status/x", "/x/../readyz"})
  void findsNothingElsewhere(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("not found\n");
  }

  @Test
  void doesNotMindAQuery() throws Exception {
    ready();

    assertThat(get("/readyz?verbose=1").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void changesNothing(String method) throws Exception {
    for (String page : PAGES) {
      HttpResponse<String> response = send(method, page);

      assertThat(response.statusCode()).as(page).isEqualTo(405);
      assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
      assertThat(response.body()).isEqualTo("only GET and HEAD are answered\n");
    }
  }

  @Test
  void refusesAPostWithABodyToo() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/readyz"))
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofByteArray(new byte[1 << 15]))
            .build();

    assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,                    application/json",
        "*/*,                  application/json",
        "application/json,     application/json",
        "text/plain,           text/plain; charset=utf-8",
        "'text/plain, */*',    text/plain; charset=utf-8"
      })
  void showsTheStatusAsItIsAskedFor(String accept, String type) throws Exception {
    ready();

    HttpResponse<String> response =
        accept == null ? get("/status") : get("/status", "Accept", accept);

    assertThat(header(response, "Content-Type")).isEqualTo(type);
    assertThat(header(response, ExitCode.HTTP_HEADER)).isEqualTo("0");
    assertThat(response.body())
        .startsWith(type.equals("application/json") ? "{\n  \"question\" : \"ready\"" : "ready: ")
        .contains("agent")
        .endsWith("\n");
  }

  @Test
  void theStatusSaysItsExitCodeInAHeader() throws Exception {
    assertThat(header(get("/status"), "Kafka-Pod-Exit-Code")).isEqualTo("3");
    ready(aCluster().with(aPartition("orders", 0).leaderless()));
    HttpResponse<String> no = get("/status");
    assertThat(header(no, "Kafka-Pod-Exit-Code")).isEqualTo("1");
    assertThat(no.statusCode()).isEqualTo(200);
  }

  @Test
  void showsMetricsWithTheirContentType() throws Exception {
    HttpResponse<String> response = get("/metrics");

    assertThat(header(response, "Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).contains("# TYPE kafka_pod_ready gauge\nkafka_pod_ready 0.0\n");
  }

  private static InetSocketAddress at(Address address) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), address.port());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.connect(at(address), 10_000);
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Everything that comes back before the connection is closed or reset. */
  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET /readyz\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET :// HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\n\r\n",
        "GET //readyz HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET mailto:x HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /readyz HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET /readyz HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET /readyz HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST /readyz HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"
      })
  void outlivesARequestThatIsNone(String request) throws Exception {
    ready();

    assertThat(exchange(request)).doesNotContain(" 200 ");

    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void outlivesAHeaderOfAMegabyte() throws Exception {
    ready();

    String answer = exchange("GET /readyz HTTP/1.1\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n");

    assertThat(answer).doesNotContain(" 200 ");
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void outlivesARequestLineOfAMegabyte() throws Exception {
    ready();

    String answer = exchange("GET /" + "x".repeat(1 << 20) + " HTTP/1.1\r\n\r\n");

    assertThat(answer).doesNotContain(" 200 ");
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  /** Asks as a kubelet does, over a connection of its own, and returns how long it took. */
  private Duration probe() throws IOException {
    long begun = System.nanoTime();
    String answer = exchange("GET /readyz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static void trickle(Socket socket) {
    try {
      socket.getOutputStream().write('G');
    } catch (IOException e) {
      // the server has had enough of it
    }
  }

  @Test
  void answersWhileFiftyClientsSendAByteEveryTenthOfASecond() throws Exception {
    ready();
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      slow.add(connect());
    }
    Future<?> trickling =
        rude.scheduleAtFixedRate(
            () -> slow.forEach(EndpointIT::trickle), 0, 100, TimeUnit.MILLISECONDS);

    awaitBusyThreads();
    for (int i = 0; i < 20; i++) {
      assertThat(probe()).isLessThan(PATIENCE);
    }

    assertThat(trickling).isNotDone();
    awaitAllClosed(slow);
    assertThat(threads()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void answersWhileMoreClientsThanItRemembersSayNothingMoreAndForgetsNoConnection()
      throws Exception {
    ready();
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Socket socket = connect();
      socket.getOutputStream().write('G');
      slow.add(socket);
    }

    awaitBusyThreads();
    assertThat(probe()).isLessThan(PATIENCE);

    awaitAllClosed(slow);
    assertThat(threads()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void givesUpASlowClientEvenWhereNobodyWaits() throws Exception {
    Socket socket = connect();
    socket.getOutputStream().write('G');

    awaitAllClosed(List.of(socket));
  }

  private void awaitBusyThreads() {
    Await.until(
        "rude clients to occupy all threads",
        LIMIT,
        () ->
            threads().stream()
                .filter(it -> !it.getName().contains("clock"))
                .filter(it -> List.of(it.getStackTrace()).toString().contains("Request"))
                .count(),
        count -> count == 3);
  }

  private static void awaitAllClosed(List<Socket> sockets) {
    Await.until(
        "the server to close the connections of rude clients",
        Duration.ofSeconds(60),
        () -> sockets.stream().filter(it -> !isClosed(it)).count(),
        open -> open == 0);
  }

  private static boolean isClosed(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Those of this test's endpoint. */
  private List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().startsWith("kafka-pod-http"))
        .filter(it -> !former.contains(it))
        .toList();
  }

  @Test
  void answersWhileAThousandConnectionsIdle() throws Exception {
    ready();
    for (int i = 0; i < 1000; i++) {
      connect();
    }

    for (int i = 0; i < 20; i++) {
      assertThat(probe()).isLessThan(PATIENCE);
    }

    assertThat(threads()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void answersWhileClientsDoNotReadABigAnswer() throws Exception {
    ready();
    String ask = "GET /status HTTP/1.1\r\nHost: a\r\n\r\n".repeat(4000);
    List<Socket> deaf = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Socket socket = new Socket();
      sockets.add(socket);
      socket.setReceiveBufferSize(1024);
      socket.connect(at(address), 10_000);
      deaf.add(socket);
    }
    Thread asking =
        new Thread(
            () -> {
              for (Socket socket : deaf) {
                try {
                  socket.getOutputStream().write(ask.getBytes(ISO_8859_1));
                } catch (IOException e) {
                  // the server has had enough of it
                }
              }
            },
            "deaf");
    asking.setDaemon(true);
    asking.start();

    Await.until(
        "a thread to wait for somebody who doesn't read",
        LIMIT,
        () ->
            threads().stream()
                .anyMatch(it -> List.of(it.getStackTrace()).toString().contains("WriteStream")),
        it -> it);
    for (int i = 0; i < 20; i++) {
      assertThat(probe()).isLessThan(PATIENCE);
    }
    assertThat(threads()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void opensOnceItsPortIsFreeAndLeavesNothingOpenUntilThen() throws Exception {
    Address taken = new Address(HOST, FreePorts.find(HOST));
    Endpoint late = new Endpoint(Optional.of(taken), judge, Duration.ZERO);
    try (ServerSocket other = new ServerSocket()) {
      other.bind(at(taken));
      late.open();
      long before = openFiles();
      for (int i = 0; i < 50; i++) {
        late.open();
      }

      assertThat(late.address()).isEmpty();
      assertThat(openFiles() - before).isLessThan(25);
    }

    Thread thread = new Thread(late::open, "endpoint-it");
    thread.setDaemon(true);
    thread.start();
    thread.join();

    assertThat(late.address()).contains(taken);
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void doesNotTryAgainAtOnce() throws Exception {
    Address taken = new Address(HOST, FreePorts.find(HOST));
    Endpoint late = new Endpoint(Optional.of(taken), judge, Duration.ofHours(1));
    try (ServerSocket other = new ServerSocket()) {
      other.bind(at(taken));
      late.open();
    }

    late.open();

    assertThat(late.address()).isEmpty();
  }

  @Test
  void outlivesAHostThatIsNone() {
    Endpoint nowhere = new Endpoint(Optional.of(new Address("[x]", 8085)), judge, LIMIT);

    nowhere.open();

    assertThat(nowhere.address()).isEmpty();
  }

  @Test
  void opensNothingWhereItIsOff() {
    Endpoint off = new Endpoint(Optional.empty(), judge);

    off.open();

    assertThat(off.address()).isEmpty();
  }
}
