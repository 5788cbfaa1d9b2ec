package dev.kafkapod.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Kerberos KDC of one realm, MIT's, on loopback and in a process of its own. */
public final class Kdc implements AutoCloseable {

  /** The realm of all its principals. */
  public static final String REALM = "KAFKA.TEST";

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path directory;
  private final Map<String, String> environment;
  private final Process process;

  private Kdc(Path directory) throws IOException {
    this.directory = directory;
    int port = FreePorts.find(LOOPBACK);
    Files.writeString(
        krb5Conf(),
        """
        [libdefaults]
          default_realm = %1$s
          dns_lookup_kdc = false
          dns_lookup_realm = false
          dns_canonicalize_hostname = false
          rdns = false
          udp_preference_limit = 1
        [realms]
          %1$s = {
            kdc = %2$s:%3$d
          }
        """
            .formatted(REALM, LOOPBACK, port));
    Files.writeString(
        directory.resolve("kdc.conf"),
        """
        [kdcdefaults]
          kdc_listen = %2$s:%3$d
          kdc_tcp_listen = %2$s:%3$d
        [realms]
          %1$s = {
            database_name = %4$s/principal
            key_stash_file = %4$s/stash
            acl_file = %4$s/acl
          }
        [logging]
          kdc = FILE:%4$s/kdc.log
        """
            .formatted(REALM, LOOPBACK, port, directory));
    environment =
        Map.of(
            "KRB5_CONFIG",
            krb5Conf().toString(),
            "KRB5_KDC_PROFILE",
            directory.resolve("kdc.conf").toString());
    run(Tools.require("kdb5_util"), "create", "-s", "-r", REALM, "-P", "loopback-only");
    process =
        Reaper.get()
            .start(
                List.of(Tools.require("krb5kdc").toString(), "-n"),
                directory,
                directory.resolve("krb5kdc.out"),
                environment);
    Await.until(
        "the KDC to accept connections",
        LIMIT,
        () -> {
          try (Socket socket =
              new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            return socket.isConnected();
          } catch (IOException e) {
            return false;
          }
        },
        accepts -> accepts);
  }

  /** Starts one, in a directory of its own; the running test ends here where it isn't installed. */
  public static Kdc start(Path directory) {
    Tools.require("krb5kdc");
    Tools.require("kadmin.local");
    try {
      return new Kdc(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What clients need to know of it. */
  public Path krb5Conf() {
    return directory.resolve("krb5.conf");
  }

  /**
   * Makes a principal with a random key.
   *
   * @param name without the realm
   * @return the file with its key
   */
  public Path keyTab(String name) {
    Path file = directory.resolve(name.replace('/', '-') + ".keytab");
    Path kadmin = Tools.require("kadmin.local");
    run(kadmin, "-r", REALM, "-q", "addprinc -randkey " + name);
    run(kadmin, "-r", REALM, "-q", "ktadd -norandkey -k " + file + " " + name);
    return file;
  }

  private void run(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path output = directory.resolve(program.getFileName() + ".out");
    Process running = Reaper.get().start(command, directory, output, environment);
    try {
      if (!running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ":\n" + LogTail.of(output));
      }
    } catch (InterruptedException e) {
      throw Await.interrupted("the end of " + program, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
