package dev.kafkapod.formatting;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.settings.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Kafka's own {@code kafka-storage.sh}, in this process: a second JVM would cost two seconds of
 * every first start. The launcher puts Kafka's jars on the class path.
 */
public final class StorageTool {

  private static final String CLASS = "kafka.tools.StorageTool";
  private static final String FORMATTER = "org.apache.kafka.metadata.storage.Formatter";

  private StorageTool() {}

  /**
   * Formats the directories that aren't formatted yet.
   *
   * @param flags how the metadata log is to begin
   * @param users who can log in from the beginning
   * @throws Misconfigured if Kafka isn't there, or refuses; the message has what it says, and what
   *     to do
   */
  public static void format(
      Path serverConfig, String clusterId, List<String> flags, List<ScramUser> users) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "format",
                "--ignore-formatted",
                "--cluster-id=" + clusterId,
                "--config=" + serverConfig));
    arguments.addAll(flags);
    users.forEach(it -> arguments.add(it.flag()));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      Object code = method().invoke(null, arguments.toArray(String[]::new), out);
      if (!Integer.valueOf(0).equals(code)) {
        throw masked(
            ToolRefusal.said(printed.toString(StandardCharsets.UTF_8), serverConfig), users);
      }
    } catch (InvocationTargetException e) {
      throw masked(ToolRefusal.because(e.getCause(), serverConfig), users);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(CLASS + ".execute is public", e);
    }
  }

  /**
   * Loads, on a thread of its own, what {@link #format} will need: where the CPU is short that
   * takes seconds, and whoever waits for silence has them. Only reads; what goes wrong is left for
   * {@link #format} to tell.
   */
  public static void loadInBackground(Path serverConfig) {
    Thread thread =
        new Thread(
            () -> {
              try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream())) {
                String[] arguments = {"info", "--config=" + serverConfig};
                method().invoke(null, arguments, nowhere);
                Class.forName(FORMATTER);
              } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                // format says it again
              }
            },
            "kafka-pod: loading Kafka's storage tool");
    thread.setDaemon(true);
    thread.start();
  }

  /** An id for a new cluster, in Kafka's own form: 16 random bytes, base64 for URLs. */
  public static String randomClusterId() {
    while (true) {
      byte[] bytes = new byte[16];
      new SecureRandom().nextBytes(bytes);
      String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      if (!id.startsWith("-")) { // tools would take it for an option
        return id;
      }
    }
  }

  /** Kafka's tool shows a credential that it doesn't like, which would let anybody log in. */
  private static Misconfigured masked(Misconfigured refusal, List<ScramUser> users) {
    if (users.isEmpty()) {
      return refusal;
    }
    Redaction redaction =
        Redaction.of(users.stream().map(ScramUser::saltedPassword).toList(), Map.of());
    return new Misconfigured(redaction.apply(refusal.getMessage()));
  }

  private static Method method() {
    try {
      return Class.forName(CLASS).getMethod("execute", String[].class, PrintStream.class);
    } catch (ClassNotFoundException e) {
      throw new Misconfigured(
          "formatting needs Kafka's own classes, but there are no jars in $KAFKA_HOME/libs; set KAFKA_HOME to where Kafka is (/opt/kafka by default)",
          e);
    } catch (NoSuchMethodException e) {
      throw new Misconfigured(
          "this Kafka has another StorageTool than 3.9 and 4.x; format by kafka-storage.sh", e);
    }
  }
}
