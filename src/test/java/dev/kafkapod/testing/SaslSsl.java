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
final class SaslSsl {
  private static final String PASSWORD = "loopback-only";
  private static final List<String> USERS = List.of("admin", "probe");

  private final Path directory;

  /**
   * Makes a self-signed certificate for 127.0.0.1, localhost and the given host, and a client
   * configuration for each user.
   */
  SaslSsl(Path directory, String host) {
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
  Path clientConfig(String user) {
    if (!USERS.contains(user)) {
      throw new IllegalArgumentException("user: must be one of " + USERS + ", got " + user);
    }
    return directory.resolve(user + ".properties");
  }

  /** What the brokers need for a client listener of that name. */
  Map<String, String> brokerProperties(String listener) {
    StringBuilder users =
        new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
    USERS.forEach(user -> users.append(" user_%s=\"%s\"".formatted(user, PASSWORD)));
    String prefix = "listener.name." + listener.toLowerCase(Locale.ROOT);
    return Map.of(
        prefix + ".sasl.enabled.mechanisms",
        "PLAIN",
        prefix + ".plain.sasl.jaas.config",
        users + ";",
        "ssl.keystore.location",
        keyStore().toString(),
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.password",
        PASSWORD,
        "ssl.key.password",
        PASSWORD);
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
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, PASSWORD));
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
