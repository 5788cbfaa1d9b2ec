package dev.kafkapod.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keys, users and rights of a cluster whose clients must use SASL_SSL. */
public final class SaslSsl {
  private static final String PASSWORD = "loopback-only";
  private static final List<String> USERS = List.of("admin", "probe");

  private static final String SECURITY = "org.apache.kafka.common.security.";
  private static final String PLAIN = SECURITY + "plain.PlainLoginModule required";
  private static final String SCRAM = SECURITY + "scram.ScramLoginModule required";
  private static final String OAUTHBEARER =
      SECURITY + "oauthbearer.OAuthBearerLoginModule required";

  private final Path directory;

  /**
   * Makes a self-signed certificate for 127.0.0.1, localhost and the given host, and a client
   * configuration for each user.
   */
  public SaslSsl(Path directory, String host) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      makeKeyStore(host);
      exportCertificate();
      for (String user : USERS) {
        PropertiesFile.write(clientConfig(user), clientProperties(user));
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("could not make keys in " + directory, e);
    }
  }

  /** The properties file with which a user's clients connect. */
  public Path clientConfig(String user) {
    if (!USERS.contains(user)) {
      throw new IllegalArgumentException("user: must be one of " + USERS + ", got " + user);
    }
    return directory.resolve(user + ".properties");
  }

  /**
   * A properties file with which a user connects by another mechanism. A user of SCRAM-SHA-256 must
   * have been created before.
   */
  Path clientConfig(String user, String mechanism) {
    Path file = directory.resolve(user + "-" + mechanism + ".properties");
    Map<String, String> properties = clientProperties(user);
    properties.put("sasl.mechanism", mechanism);
    properties.put("sasl.jaas.config", login(user, mechanism));
    PropertiesFile.write(file, properties);
    return file;
  }

  private static String login(String user, String mechanism) {
    return switch (mechanism) {
      case "PLAIN" -> PLAIN + credentials(user) + ";";
      case "SCRAM-SHA-256" -> SCRAM + credentials(user) + ";";
      // without a handler of one's own, Kafka takes tokens that nobody has signed
      case "OAUTHBEARER" -> OAUTHBEARER + " unsecuredLoginStringClaim_sub=\"" + user + "\";";
      default -> throw new IllegalArgumentException("mechanism: " + mechanism);
    };
  }

  private static String credentials(String user) {
    return " username=\"%s\" password=\"%s\"".formatted(user, PASSWORD);
  }

  /** What the brokers need for a client listener of that name, and to come to it themselves. */
  public Map<String, String> brokerProperties(String listener) {
    StringBuilder plain = new StringBuilder(PLAIN + credentials("admin"));
    USERS.forEach(user -> plain.append(" user_%s=\"%s\"".formatted(user, PASSWORD)));
    String prefix = "listener.name." + listener.toLowerCase(Locale.ROOT);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(prefix + ".sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,OAUTHBEARER");
    properties.put(prefix + ".plain.sasl.jaas.config", plain + ";");
    properties.put(prefix + ".scram-sha-256.sasl.jaas.config", login("admin", "SCRAM-SHA-256"));
    properties.put(prefix + ".oauthbearer.sasl.jaas.config", login("admin", "OAUTHBEARER"));
    properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    properties.put("ssl.keystore.location", keyStore().toString());
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.password", PASSWORD);
    properties.put("ssl.key.password", PASSWORD);
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", certificate().toString());
    return properties;
  }

  /** What all nodes need to judge rights: brokers and controllers, unauthenticated, may all. */
  static Map<String, String> authorizerProperties(boolean zooKeeper) {
    return Map.of(
        "authorizer.class.name",
        zooKeeper
            ? "kafka.security.authorizer.AclAuthorizer"
            : "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users",
        "User:admin;User:ANONYMOUS",
        "allow.everyone.if.no.acl.found",
        "false");
  }

  private Map<String, String> clientProperties(String user) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "PLAIN");
    properties.put("sasl.jaas.config", login(user, "PLAIN"));
    properties.put("ssl.truststore.type", "PEM");
    properties.put("ssl.truststore.location", certificate().toString());
    return properties;
  }

  private Path keyStore() {
    return directory.resolve("brokers.p12");
  }

  private Path certificate() {
    return directory.resolve("brokers.pem");
  }

  private void makeKeyStore(String host) throws IOException {
    Path output = directory.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "broker",
                "-dname",
                "CN=kafka-pod test",
                "-keyalg",
                "EC",
                "-validity",
                "3650",
                "-ext",
                "bc:c",
                "-ext",
                "san=ip:127.0.0.1,ip:" + host + ",dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore().toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool: " + LogTail.of(output));
      }
    } catch (InterruptedException e) {
      throw Await.interrupted("keytool", e);
    }
  }

  private void exportCertificate() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    Files.writeString(
        certificate(),
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(lines.encodeToString(store.getCertificate("broker").getEncoded())),
        StandardCharsets.US_ASCII);
  }
}
