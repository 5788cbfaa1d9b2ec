package dev.kafkapod.rendering;

import dev.kafkapod.common.Host;
import dev.kafkapod.nodeconfig.ConfiguredVoter;
import dev.kafkapod.nodeconfig.Listener;
import dev.kafkapod.nodeconfig.Listeners;
import dev.kafkapod.nodeconfig.ProcessRoles;
import dev.kafkapod.rendering.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which listeners speak TLS, and so which stores have to be in order. Without one of them nothing
 * else is loaded, and nothing is read.
 */
final class TlsRules {

  static final List<RenderRule> RULES =
      List.of(RenderRule.of("listeners-that-speak-tls-have-stores-in-order", TlsRules::check));

  static final List<RenderRule> OF_CLIENT =
      List.of(RenderRule.of("clients-stores-are-in-order", TlsRules::checkClient));

  private final Settings settings;
  private final ProcessRoles roles;
  private final ListenerSetup setup;

  private TlsRules(RuleInput input) {
    this.settings = input.settings();
    this.roles = input.roles();
    this.setup = input.listeners();
  }

  /**
   * Who uses stores.
   *
   * @param name the listener's
   * @param accepts whether connections come in, for which there must be a certificate
   * @param trustsItself whether Kafka doesn't start unless its own certificate is trusted: that of
   *     the listener among brokers (SslFactory.keystoreVerifiableUsingTruststore)
   * @param where the setting that makes it speak TLS
   * @param host what clients are told, empty where they are told none
   */
  record Use(
      String name,
      boolean accepts,
      boolean trustsItself,
      Setting where,
      Optional<String> host,
      TlsSettings tls) {}

  private static void check(RuleInput input, Problems problems) {
    List<Use> uses = new TlsRules(input).uses();
    if (!uses.isEmpty()) {
      // brokers in ZooKeeper mode read what kafka-configs has set before they open a listener
      Severity severity = input.roles().zooKeeper() ? Severity.WARNING : Severity.ERROR;
      StoreRules rules = new StoreRules(severity, input.now(), problems);
      uses.forEach(rules::check);
    }
  }

  /** Checks the stores that somebody's client.properties names in place of the broker's. */
  private static void checkClient(RuleInput input, Problems problems) {
    Settings client = input.client();
    Settings server = input.settings();
    String among = Listeners.interBrokerName(server.asMap());
    client.all().stream()
        .filter(it -> it.key().matches("ssl\\.(key|trust)store\\..*"))
        .findFirst()
        .ifPresent(
            store ->
                new StoreRules(Severity.WARNING, input.now(), problems)
                    .check(
                        new Use(
                            "",
                            false,
                            false,
                            store,
                            Optional.empty(),
                            TlsSettings.ofClient(client, TlsSettings.ofListener(among, server)))));
  }

  private List<Use> uses() {
    List<Use> uses = new ArrayList<>();
    String among = roles.broker() ? Listeners.interBrokerName(settings.asMap()) : "";
    for (Listener listener : setup.bound()) {
      if (setup.isTls(listener.name())) {
        uses.add(use(listener.name(), true, listener.name().equals(among), host(listener)));
      }
    }
    if (roles.isKraft() && !roles.controller() && !setup.controllers().isEmpty()) {
      // brokers only connect there, and to the first
      String controllers = setup.controllers().get(0);
      if (setup.isTls(controllers)) {
        uses.add(use(controllers, false, false, Optional.empty()));
      }
    }
    return uses;
  }

  private Use use(String name, boolean accepts, boolean trustsItself, Optional<String> host) {
    Setting where =
        settings
            .get("listener.security.protocol.map")
            .or(() -> settings.get("listeners"))
            .or(() -> settings.get("controller.listener.names"))
            .orElseThrow();
    return new Use(
        name, accepts, trustsItself, where, host, TlsSettings.ofListener(name, settings));
  }

  /** What the others know the listener by: controllers are known by the list of voters. */
  private Optional<String> host(Listener listener) {
    return Listener.named(listener.name(), setup.advertised())
        .map(Listener::host)
        .or(() -> setup.controllers().contains(listener.name()) ? voterHost() : Optional.empty())
        .or(() -> Optional.of(listener.host()))
        .filter(it -> !Host.isWildcard(it));
  }

  private Optional<String> voterHost() {
    return settings
        .value("controller.quorum.voters")
        .flatMap(it -> ConfiguredVoter.in(it, settings.nodeId()))
        .map(it -> it.address().host());
  }
}
