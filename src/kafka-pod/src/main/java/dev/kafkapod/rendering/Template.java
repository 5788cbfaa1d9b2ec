package dev.kafkapod.rendering;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A built-in template of server.properties.
 *
 * @param name the file's name without its ending, for example broker-stretch
 */
public record Template(String name, TextFile file) {

  /** Where nothing at all is configured: a Kafka of one node. */
  public static final String SINGLE_NODE = "single-node";

  /** Where everything is configured by files and variables, as for the apache/kafka image. */
  public static final String NONE = "none";

  private static final String ENDING = ".properties";
  private static final String STRETCH = "-stretch";

  public Template {
    Objects.requireNonNull(name);
    Objects.requireNonNull(file);
  }

  /**
   * Reads a template.
   *
   * @param folder where the templates lie
   * @throws Misconfigured if there is no such template; the message has the names of those that are
   */
  public static Template read(Path folder, String name) {
    Optional<TextFile> file =
        name.matches("[\\w-]+") ? TextFile.read(folder.resolve(name + ENDING)) : Optional.empty();
    if (file.isEmpty()) {
      List<String> names = names(folder);
      throw new Misconfigured(
          "--template: there is no template '%s' in %s%s; choose from %s"
              .formatted(
                  name,
                  folder,
                  Nearest.hint(name, names),
                  names.isEmpty() ? "none, or correct --templates" : String.join(", ", names)));
    }
    // by its name alone: the same template makes the same messages wherever it lies
    return new Template(name, new TextFile("template " + name, file.get().text()));
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.endsWith(ENDING))
          .map(it -> it.substring(0, it.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Whether it is for a Kafka cluster in two Kubernetes clusters. */
  boolean isStretch() {
    return name.endsWith(STRETCH);
  }
}
