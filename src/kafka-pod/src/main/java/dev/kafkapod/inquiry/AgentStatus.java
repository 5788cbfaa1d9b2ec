package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.common.Address;
import dev.kafkapod.report.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A status as the agent tells it over HTTP.
 *
 * @param text the whole of it, ready to print
 */
public record AgentStatus(String text, int exitCode) {

  private static final int LONGEST_WAIT_MS = 3000;

  /**
   * Asks the agent.
   *
   * @param http {@code host:port}
   * @return empty if it doesn't answer
   */
  public static Optional<AgentStatus> ask(String http, boolean json, Deadline deadline) {
    int limit = Math.min(LONGEST_WAIT_MS, deadline.remainingMillis());
    try {
      HttpURLConnection connection = (HttpURLConnection) url(http).openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(limit);
      connection.setReadTimeout(limit);
      connection.setRequestProperty("Accept", json ? "application/json" : "text/plain");
      int exitCode = connection.getHeaderFieldInt(ExitCode.HTTP_HEADER, ExitCode.CANNOT_TELL);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        return Optional.empty();
      }
      try (InputStream in = connection.getInputStream()) {
        return Optional.of(
            new AgentStatus(new String(in.readAllBytes(), StandardCharsets.UTF_8), exitCode));
      }
    } catch (IOException e) {
      return Optional.empty(); // whoever asks finds out by itself
    }
  }

  private static URL url(String http) throws MalformedURLException {
    String local = Address.read(http).map(it -> it.fromHere().toString()).orElse(http);
    return new URL("http://" + local + "/status");
  }
}
