package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;

/** The sections of a JAAS file that a broker's listeners take, as the broker's start finds them. */
public final class ServerSections {

  private static final String KAFKAS_OWN = "org.apache.kafka.common.security.";
  private static final String SECTION = "KafkaServer";

  private final Configuration sections;

  private ServerSections(Configuration sections) {
    this.sections = sections;
  }

  /**
   * Reads the file that an option of the broker's JVM names.
   *
   * @throws Misconfigured if it can't be read here; the message has nothing of its contents
   */
  public static ServerSections read(SecurityOptions.Option file) {
    return new ServerSections(JaasFile.of(file).read());
  }

  /** The sections that Kafka looks for, for messages. */
  public static String wanted(String listener) {
    return "%s or %s.%s".formatted(SECTION, listener.toLowerCase(Locale.ROOT), SECTION);
  }

  /** Whether there is one for a listener. */
  public boolean has(String listener) {
    return !modules(listener).isEmpty();
  }

  /** The login modules of Kafka's own packages that Kafka doesn't have. */
  public List<String> misspelt(String listener) {
    List<String> unknown = new ArrayList<>();
    for (AppConfigurationEntry module : modules(listener)) {
      String name = module.getLoginModuleName();
      if (name.startsWith(KAFKAS_OWN) && !isClass(name)) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  private List<AppConfigurationEntry> modules(String listener) {
    AppConfigurationEntry[] own =
        sections.getAppConfigurationEntry(listener.toLowerCase(Locale.ROOT) + "." + SECTION);
    AppConfigurationEntry[] found = own != null ? own : sections.getAppConfigurationEntry(SECTION);
    return found == null ? List.of() : List.of(found);
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name, false, ServerSections.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
