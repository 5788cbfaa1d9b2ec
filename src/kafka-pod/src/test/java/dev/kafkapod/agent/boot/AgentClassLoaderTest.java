package dev.kafkapod.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import dev.kafkapod.readiness.Condition;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** The agent's own classes come from its own jars, and no others. */
class AgentClassLoaderTest {

  private static final ClassLoader BROKER = AgentClassLoaderTest.class.getClassLoader();

  private final AgentClassLoader loader =
      new AgentClassLoader(
          List.of(Condition.class, JsonFactory.class, Labels.class, Admin.class, Logger.class)
              .stream()
              .map(it -> it.getProtectionDomain().getCodeSource().getLocation())
              .toArray(URL[]::new),
          BROKER);

  @AfterEach
  void close() throws IOException {
    loader.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.kafkapod.readiness.Condition",
        "com.fasterxml.jackson.core.JsonFactory",
        "io.prometheus.metrics.model.snapshots.Labels"
      })
  void loadsItsOwnThoughTheBrokerHasThemToo(String name) throws ClassNotFoundException {
    Class<?> loaded = loader.loadClass(name);

    assertThat(loaded.getClassLoader()).isSameAs(loader);
    assertThat(loaded).isNotEqualTo(Class.forName(name, false, BROKER));
    assertThat(loader.loadClass(name)).isSameAs(loaded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.kafka.clients.admin.Admin",
        "org.slf4j.Logger",
        "java.lang.String",
        "com.sun.net.httpserver.HttpServer"
      })
  void takesEverythingElseFromTheBroker(String name) throws ClassNotFoundException {
    assertThat(loader.loadClass(name)).isSameAs(Class.forName(name, false, BROKER));
  }

  @Test
  void neverTakesTheBrokersCopyInPlaceOfItsOwn() throws IOException {
    try (AgentClassLoader empty = new AgentClassLoader(new URL[0], BROKER)) {
      assertThatThrownBy(() -> empty.loadClass("dev.kafkapod.readiness.Condition"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessage("dev.kafkapod.readiness.Condition");
    }
  }
}
