package dev.kafkapod.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kafkapod.common.Address;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.Reply;
import dev.kafkapod.report.Status;
import dev.kafkapod.report.StatusJson;
import dev.kafkapod.report.StatusText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers over HTTP what the agent knows. Nothing can be changed through it. */
final class Endpoint {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.LOGGER);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final int BACKLOG = 64;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  private final Optional<Address> wanted;
  private final Judge judge;
  private final Duration retry;
  private Optional<Long> triedNanos = Optional.empty();
  private volatile HttpServer server;

  /**
   * An endpoint that isn't open yet.
   *
   * @param wanted where to listen; empty for nowhere
   */
  Endpoint(Optional<Address> wanted, Judge judge) {
    this(wanted, judge, RETRY);
  }

  /**
   * The same.
   *
   * @param retry how long after a failure to try again
   */
  Endpoint(Optional<Address> wanted, Judge judge, Duration retry) {
    this.wanted = wanted;
    this.judge = judge;
    this.retry = retry;
  }

  /** Where it answers; empty while it doesn't. */
  Optional<Address> address() {
    HttpServer open = server;
    return open == null
        ? Optional.empty()
        : wanted.map(it -> new Address(it.host(), open.getAddress().getPort()));
  }

  /** Opens it, unless it is open or was tried only just now. */
  void open() {
    long now = System.nanoTime();
    boolean justTried = triedNanos.filter(then -> now - then < retry.toNanos()).isPresent();
    if (wanted.isEmpty() || server != null || justTried) {
      return;
    }
    boolean first = triedNanos.isEmpty();
    triedNanos = Optional.of(now);
    try {
      server = listen(wanted.get());
    } catch (IOException | RuntimeException e) {
      if (first) {
        LOG.warn(
            "can't answer over HTTP on {}: {}; choose another address with KAFKA_POD_HTTP, or off; tried again every {} s",
            wanted.get(),
            e.getMessage(),
            retry.toSeconds());
      }
    }
  }

  private HttpServer listen(Address address) throws IOException {
    InetSocketAddress local = new InetSocketAddress(address.host(), address.port());
    try (ServerSocket free = new ServerSocket()) {
      free.bind(local); // for the JDK's server leaves sockets open when it can't
    }
    HttpServer http = HttpServer.create(local, BACKLOG);
    http.setExecutor(new ShortTasks());
    http.createContext("/", exchange -> send(exchange, 404, TEXT, "not found\n"));
    reply(http, "/readyz", AgentState::readyReply);
    reply(http, "/livez", AgentState::liveReply);
    reply(http, "/startupz", AgentState::startedReply);
    get(http, "/status", this::status);
    get(http, "/metrics", this::metrics);
    http.start();
    return http;
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private static void get(HttpServer http, String path, Handler handler) {
    http.createContext(
        path,
        exchange -> {
          try {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              send(exchange, 404, TEXT, "not found\n");
            } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
              exchange.getResponseHeaders().set("Allow", "GET, HEAD");
              send(exchange, 405, TEXT, "only GET and HEAD are answered\n");
            } else {
              handler.handle(exchange);
            }
          } catch (RuntimeException e) {
            LOG.warn("answering {} failed; please report it", path, e);
            send(exchange, 500, TEXT, "a mistake of kafka-pod's own\n");
          } finally {
            exchange.close();
          }
        });
  }

  private void reply(HttpServer http, String path, Function<AgentState, Reply> question) {
    get(
        http,
        path,
        exchange -> {
          Reply reply = question.apply(judge.agentState().at(System.nanoTime()));
          send(exchange, reply.verdict().isYes() ? 200 : 503, TEXT, reply.line() + "\n");
        });
  }

  private void status(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    Status status = judge.agentState().at(now).status(now);
    exchange
        .getResponseHeaders()
        .set(ExitCode.HTTP_HEADER, String.valueOf(status.reply().exitCode()));
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    if (accept != null && accept.startsWith("text/plain")) {
      send(exchange, 200, TEXT, String.join("\n", new StatusText(status, false).lines()) + "\n");
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintWriter out = new PrintWriter(bytes, false, StandardCharsets.UTF_8)) {
      Json.print(out, new StatusJson(status)::writeFields);
    }
    send(exchange, 200, JSON, bytes.toByteArray());
  }

  private void metrics(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long now = System.nanoTime();
    String type = Metrics.write(bytes, judge.agentState().at(now), now);
    send(exchange, 200, type, bytes.toByteArray());
  }

  private static void send(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    send(exchange, code, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
    }
    exchange.sendResponseHeaders(code, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
