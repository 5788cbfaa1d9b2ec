package dev.kafkapod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class that nothing runs is no test, and Maven says nothing of it. */
class IntegrationTestsTest {

  @Test
  void eachIsInAModuleThatRunsThem() throws IOException {
    Set<Path> modules = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      files
          .filter(it -> it.toString().endsWith("IT.java"))
          .forEach(it -> modules.add(it.subpath(0, 2)));
    }
    Set<Path> running = new TreeSet<>();
    for (Path module : modules) {
      if (Files.readString(module.resolve("pom.xml")).contains("maven-failsafe-plugin")) {
        running.add(module);
      }
    }

    assertThat(modules).contains(Path.of("src/kafka-pod"), Path.of("src/tools"));
    assertThat(running).isEqualTo(modules);
  }
}
