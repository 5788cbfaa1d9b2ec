package dev.kafkapod.agent.boot;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads the agent and its own libraries where the broker doesn't see them, and everything else from
 * the broker: a second copy of Kafka's clients would register SASL providers of its own, which are
 * global to a JVM, and break the broker's authentication.
 */
final class AgentClassLoader extends URLClassLoader {

  private static final List<String> OWN =
      List.of("dev.kafkapod.", "com.fasterxml.jackson.core.", "io.prometheus.");

  static {
    registerAsParallelCapable();
  }

  AgentClassLoader(URL[] jars, ClassLoader broker) {
    super("kafka-pod", jars, broker);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN.stream().noneMatch(name::startsWith)) {
      return getParent().loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
