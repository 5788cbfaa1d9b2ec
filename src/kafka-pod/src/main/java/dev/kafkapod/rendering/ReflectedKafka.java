package dev.kafkapod.rendering;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Asks the Kafka on the class path, whichever it is, by the very call with which it starts: {@code
 * kafka.server.KafkaConfig.fromProps}. By reflection, because kafka-pod's own build knows no
 * broker.
 */
public final class ReflectedKafka implements KafkaOpinion {

  private final Method fromProps;
  private final Set<String> keys;
  private final Set<String> passwords;

  private ReflectedKafka(Method fromProps, Set<String> keys, Set<String> passwords) {
    this.fromProps = fromProps;
    this.keys = Set.copyOf(keys);
    this.passwords = Set.copyOf(passwords);
  }

  /** The Kafka on the class path; empty if there is none. */
  public static Optional<KafkaOpinion> onTheClassPath() {
    try {
      Method fromProps =
          Class.forName("kafka.server.KafkaConfig")
              .getMethod("fromProps", Properties.class, boolean.class);
      Object definitions =
          Class.forName("org.apache.kafka.server.config.AbstractKafkaConfig")
              .getField("CONFIG_DEF")
              .get(null);
      Set<String> keys = new HashSet<>();
      Set<String> passwords = new HashSet<>();
      Map<?, ?> defined =
          (Map<?, ?>) definitions.getClass().getMethod("configKeys").invoke(definitions);
      for (Map.Entry<?, ?> key : defined.entrySet()) {
        keys.add((String) key.getKey());
        Object type = key.getValue().getClass().getField("type").get(key.getValue());
        if (type.toString().equals("PASSWORD")) {
          passwords.add((String) key.getKey());
        }
      }
      return Optional.of(new ReflectedKafka(fromProps, keys, passwords));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  @Override
  public Set<String> knownKeys() {
    return keys;
  }

  @Override
  public Set<String> passwordKeys() {
    return passwords;
  }

  @Override
  public Optional<String> refusal(Map<String, String> settings) {
    Properties properties = new Properties();
    settings.forEach(properties::setProperty);
    try {
      fromProps.invoke(null, properties, false);
      return Optional.empty();
    } catch (InvocationTargetException e) {
      return Optional.of(message(e.getCause()));
    } catch (IllegalAccessException e) {
      return Optional.of(message(e));
    }
  }

  @Override
  public boolean hasClass(String name) {
    try {
      Class.forName(name, false, ReflectedKafka.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    } catch (LinkageError e) {
      return true; // it is there, and what is wrong with it Kafka says
    }
  }

  private static String message(Throwable refusal) {
    String message = refusal.getMessage();
    return message == null || message.isBlank() ? refusal.getClass().getName() : message;
  }
}
