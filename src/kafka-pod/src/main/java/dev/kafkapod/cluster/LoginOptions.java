package dev.kafkapod.cluster;

import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/** The options of a client's login module, as Kafka's own reader takes them. */
public final class LoginOptions {

  private LoginOptions() {}

  /**
   * The options.
   *
   * @param jaasConfig the setting {@code sasl.jaas.config}
   * @return none if Kafka refuses it
   */
  public static Map<String, String> in(String jaasConfig) {
    try {
      return JaasContext.loadClientContext(
              Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaasConfig)))
          .configurationEntries()
          .stream()
          .map(AppConfigurationEntry::getOptions)
          .flatMap(it -> it.entrySet().stream())
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, it -> String.valueOf(it.getValue()), (first, next) -> first));
    } catch (IllegalArgumentException | KafkaException e) {
      return Map.of(); // of which its message may show a part
    }
  }
}
