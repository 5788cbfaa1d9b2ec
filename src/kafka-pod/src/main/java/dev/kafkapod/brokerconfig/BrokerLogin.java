package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;

/**
 * Finds the credentials with which a broker logs in at its peers, where its settings leave them to
 * JAAS (org.apache.kafka.common.security.JaasContext.loadServerContext).
 *
 * @param jaasConfig the setting {@code sasl.jaas.config} for a client; empty where Kafka's client
 *     finds the section for clients by itself
 * @param origin where they are, for messages
 */
record BrokerLogin(Optional<String> jaasConfig, String origin) {

  static final String SETTING = "sasl.jaas.config";

  private static final String SERVERS = "KafkaServer";
  private static final String CLIENTS = "KafkaClient";

  /**
   * Completes the settings of a client that comes to a listener as the broker's peers do.
   *
   * @param client its settings so far
   * @param broker the lines of server.properties
   * @param source the file of these lines, for messages
   * @return where the credentials are; empty if they need none, or say them themselves
   * @throws Misconfigured if there are none, or they can't be read
   */
  static Optional<String> complete(
      Map<String, String> client, Map<String, String> broker, String listener, String source) {
    if (!isSasl(client)) {
      return Optional.empty();
    }
    String mechanism = client.getOrDefault("sasl.mechanism", "GSSAPI");
    String ofMechanism =
        "listener.name.%s.%s.%s".formatted(listener, mechanism, SETTING).toLowerCase(Locale.ROOT);
    if (broker.containsKey(ofMechanism)) {
      return Optional.empty();
    }
    try {
      BrokerLogin login = find(listener, mechanism, ofMechanism, source);
      login.jaasConfig.ifPresent(it -> client.put(SETTING, it));
      return Optional.of(login.origin);
    } catch (Misconfigured e) {
      // a broker doesn't look at one without a mechanism, but clients do
      if (client.containsKey(SETTING)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Makes sure that a client with settings of its own has credentials.
   *
   * @param source what has these settings, for messages
   * @return where they are, unless the settings say them themselves or none are needed
   * @throws Misconfigured if there are none, or they can't be read
   */
  static Optional<String> ofClient(Map<String, String> client, String source) {
    if (!isSasl(client) || client.containsKey(SETTING)) {
      return Optional.empty();
    }
    String needs = source + ": its security.protocol needs a login, and ";
    return Optional.of(
        login(
                BrokerLogin::clients,
                sections ->
                    new Misconfigured(
                        needs
                            + "there is neither %s in it nor a section %s in %s; add one of them"
                                .formatted(SETTING, CLIENTS, where())),
                () -> new Misconfigured(needs + "it has no %s; add it".formatted(SETTING)))
            .origin);
  }

  private static boolean isSasl(Map<String, String> client) {
    return client
        .getOrDefault("security.protocol", "")
        .strip()
        .toUpperCase(Locale.ROOT)
        .startsWith("SASL");
  }

  private static BrokerLogin find(
      String listener, String mechanism, String setting, String source) {
    String ofListener = listener.toLowerCase(Locale.ROOT) + "." + SERVERS;
    return login(
        sections -> {
          String servers = modules(sections, ofListener).isEmpty() ? SERVERS : ofListener;
          return JaasModules.forClient(modules(sections, servers), mechanism)
              .map(it -> new BrokerLogin(Optional.of(it), section(servers)))
              .or(() -> clients(sections));
        },
        sections ->
            new Misconfigured(
                Stream.of(ofListener, SERVERS)
                    .filter(it -> !modules(sections, it).isEmpty())
                    .findFirst()
                    .map(
                        it ->
                            "%s: its section %s has no login module with what a client of %s needs (a username and a password, or a module of its mechanism); add it, or a section %s"
                                .formatted(where(), it, mechanism, CLIENTS))
                    .orElseGet(
                        () ->
                            "%s: has none of the sections %s, %s and %s; add the one that the broker is to log in with"
                                .formatted(where(), ofListener, SERVERS, CLIENTS))),
        () ->
            new Misconfigured(
                "%s: listener %s needs a login by %s, and there is neither %s nor a JAAS file; name the broker's in KAFKA_OPTS (-D%s=FILE), or a client's settings in KAFKA_POD_COMMAND_CONFIG"
                    .formatted(source, listener, mechanism, setting, SecurityOptions.JAAS)));
  }

  /** Kafka's client finds its section by itself. */
  private static Optional<BrokerLogin> clients(Configuration sections) {
    return modules(sections, CLIENTS).isEmpty()
        ? Optional.empty()
        : Optional.of(new BrokerLogin(Optional.empty(), section(CLIENTS)));
  }

  /**
   * The login in the JAAS file, or else in what this JVM has read of it: a broker goes on with that
   * when its file is gone, and so does an agent in it.
   *
   * @param search looks for it in the file's sections
   * @param lacks what these sections lack
   * @param noFile what to say where no file is named
   */
  private static BrokerLogin login(
      Function<Configuration, Optional<BrokerLogin>> search,
      Function<Configuration, Misconfigured> lacks,
      Supplier<Misconfigured> noFile) {
    Misconfigured problem;
    try {
      Configuration sections = JaasFile.named().orElseThrow(noFile).read();
      Optional<BrokerLogin> login = search.apply(sections);
      if (login.isPresent()) {
        return login.get();
      }
      problem = lacks.apply(sections);
    } catch (Misconfigured e) {
      problem = e;
    }
    Optional<BrokerLogin> remembered = JaasFile.remembered().flatMap(search);
    if (remembered.isEmpty()) {
      throw problem;
    }
    return remembered.get();
  }

  private static String section(String name) {
    return "section %s of %s".formatted(name, where());
  }

  private static String where() {
    return JaasFile.named().map(JaasFile::toString).orElse("this Java's own JAAS configuration");
  }

  private static List<AppConfigurationEntry> modules(Configuration sections, String name) {
    AppConfigurationEntry[] modules = sections.getAppConfigurationEntry(name);
    return modules == null ? List.of() : List.of(modules);
  }
}
