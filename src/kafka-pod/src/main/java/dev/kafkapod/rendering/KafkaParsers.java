package dev.kafkapod.rendering;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kafka's own parsers for texts that a broker reads only after its start, when a client connects.
 * By reflection, because the Kafka that will read them comes first on the class path.
 */
final class KafkaParsers {

  private static final String PASSWORD = "org.apache.kafka.common.config.types.Password";

  private KafkaParsers() {}

  /**
   * What is wrong with a JAAS configuration; empty if Kafka takes it (JaasContext). Never a part of
   * it, which may be secret.
   */
  static Optional<String> jaas(String text) {
    return refusal(
            () -> {
              Object password =
                  Class.forName(PASSWORD).getConstructor(String.class).newInstance(text);
              Method load =
                  Class.forName("org.apache.kafka.common.security.JaasContext")
                      .getMethod("loadClientContext", Map.class);
              load.invoke(null, Map.of("sasl.jaas.config", password));
            })
        .map(it -> it.replaceAll("'[^']*'|\"[^\"]*\"|:.*", "…"));
  }

  /** What is wrong with rules for principals of certificates (SslPrincipalMapper). */
  static Optional<String> sslPrincipals(String rules) {
    return refusal(
        () ->
            Class.forName("org.apache.kafka.common.security.ssl.SslPrincipalMapper")
                .getMethod("fromRules", String.class)
                .invoke(null, rules));
  }

  /** What is wrong with rules for Kerberos principals (KerberosShortNamer). */
  static Optional<String> kerberosPrincipals(List<String> rules) {
    return refusal(
        () ->
            Class.forName("org.apache.kafka.common.security.kerberos.KerberosShortNamer")
                .getMethod("fromUnparsedRules", String.class, List.class)
                .invoke(null, "EXAMPLE.COM", rules));
  }

  private interface Call {
    void run() throws ReflectiveOperationException;
  }

  private static Optional<String> refusal(Call call) {
    try {
      call.run();
      return Optional.empty();
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      return Optional.of(message.lines().findFirst().orElse("").strip());
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty(); // another Kafka, in which they are called otherwise
    }
  }
}
