package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Address;
import dev.kafkapod.nodeconfig.Listeners;
import dev.kafkapod.nodeconfig.ProcessRoles;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a Kafka process's own configuration says its cluster is reached.
 *
 * @param asked through brokers, or through controllers for a controller-only process
 * @param bootstrap the process's own listener among its peers, as they know it: never a mesh
 *     listener, which other brokers may lack
 * @param local the same listener from this machine
 * @param listener its name
 * @param security settings for Kafka's clients: the broker's own credentials among its peers
 */
public record BrokerConfig(
    Asked asked, Address bootstrap, Address local, String listener, Map<String, String> security) {

  public BrokerConfig {
    Objects.requireNonNull(asked);
    Objects.requireNonNull(bootstrap);
    Objects.requireNonNull(local);
    Objects.requireNonNull(listener);
    security = Map.copyOf(security);
  }

  /**
   * Reads a configuration.
   *
   * @param properties the lines of server.properties
   * @param source the file, for messages
   * @throws Misconfigured if it doesn't say; the message has every reason
   */
  public static BrokerConfig of(Map<String, String> properties, String source) {
    List<String> problems = new ArrayList<>();
    Listeners listeners = new Listeners(properties, problems);
    boolean broker = ProcessRoles.of(properties).broker();
    Optional<String> listener = broker ? listeners.interBroker(properties) : listeners.controller();
    if (listener.isEmpty() && problems.isEmpty()) {
      problems.add(
          broker
              ? "inter.broker.listener.name: must be one of the listeners; correct it, or name an address with KAFKA_POD_BOOTSTRAP_SERVER"
              : "controller.listener.names: must name one of the listeners; correct it, or name an address with KAFKA_POD_BOOTSTRAP_CONTROLLER");
    }
    if (!problems.isEmpty()) {
      throw new Misconfigured(source + ": " + String.join("; ", problems));
    }
    return new BrokerConfig(
        broker ? Asked.BROKERS : Asked.CONTROLLERS,
        listeners.advertised(listener.get()),
        listeners.local(listener.get()),
        listener.get(),
        ListenerSecurity.of(
            properties,
            listener.get(),
            listeners.protocol(listener.get()),
            broker
                ? "sasl.mechanism.inter.broker.protocol"
                : "sasl.mechanism.controller.protocol"));
  }
}
