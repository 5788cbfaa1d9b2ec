package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Causes;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.settings.Redaction;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;

/** Makes a client of Kafka, or says in people's words why it refuses its settings. */
final class NewClient {

  private NewClient() {}

  /**
   * A new client.
   *
   * @throws Misconfigured if it refuses the settings
   * @throws Unanswered if no name of an address is known
   */
  static <T> T of(ClientSettings settings, Supplier<T> creation) throws Unanswered {
    try {
      return creation.get();
    } catch (KafkaException e) {
      Throwable root = Causes.root(e);
      if (root instanceof OutOfMemoryError shortage) {
        throw shortage;
      }
      if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
        throw Misconfigured.wrongUse(
            "%s: these settings need the class %s, which kafka-pod doesn't carry; name its jars in KAFKA_POD_CLASSPATH (for OAUTHBEARER, those of Kafka's own libs folder)"
                .formatted(
                    settings.origin().security(),
                    String.valueOf(root.getMessage()).replace('/', '.')),
            e);
      }
      String message =
          root instanceof NoSuchFileException
              ? "there is no file " + root.getMessage()
              : Redaction.of(settings.commandConfig()).applyToKafkas(Calls.oneLine(root));
      if (root instanceof ConfigException && message.contains("No resolvable bootstrap")) {
        throw new Unanswered(
            "%s: none of these host names resolves; check %s"
                .formatted(settings.addresses(), settings.origin().addresses()),
            e);
      }
      throw new Misconfigured(
          isLogin(e)
              ? "%s: Kafka's client can't log in by it: %s; correct it, and let its login module be one of %s"
                  .formatted(settings.credentials(), message, mechanism(settings))
              : "%s: Kafka's client refuses these settings: %s; correct the file"
                  .formatted(settings.origin().security(), message),
          e);
    }
  }

  /** Whether it is about the credentials, which may be in another place than the settings. */
  private static boolean isLogin(Throwable thrown) {
    return Causes.chain(thrown).stream()
        .anyMatch(
            it ->
                it instanceof LoginException
                    || String.valueOf(it.getMessage()).contains("serviceName"));
  }

  private static String mechanism(ClientSettings settings) {
    String given = settings.commandConfig().get(SaslConfigs.SASL_MECHANISM);
    return given == null
        ? "GSSAPI (%s isn't set)".formatted(settings.mechanism())
        : "%s (%s)".formatted(given, settings.mechanism());
  }
}
