package dev.kafkapod.rendering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a request.
 *
 * @param files each file's text by its name; not to be used if there are errors
 * @param problems errors first
 * @param settings those of server.properties
 * @param masking hides what nobody may see of the files
 * @param who the process in a few words: node 3, broker
 * @param listening what it will listen on; empty if there are errors
 */
public record Rendering(
    Map<String, String> files,
    List<Problem> problems,
    Settings settings,
    Masking masking,
    String who,
    Optional<Listening> listening) {

  static final String SERVER = "server.properties";
  static final String CLIENT = "client.properties";
  static final String LOG = "log4j2.yaml";

  public Rendering {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    problems = List.copyOf(problems);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(masking);
    Objects.requireNonNull(who);
    Objects.requireNonNull(listening);
  }

  /** The same, with more that is wrong; errors come first. */
  public Rendering and(List<Problem> more) {
    List<Problem> all = new ArrayList<>(problems);
    for (Problem problem : more) {
      all.add(
          new Problem(
              problem.severity(),
              masking.redaction().apply(problem.where()),
              masking.redaction().apply(problem.message())));
    }
    all.sort((a, b) -> a.severity().compareTo(b.severity())); // stable
    boolean valid = all.stream().noneMatch(Problem::isError);
    return new Rendering(files, all, settings, masking, who, valid ? listening : Optional.empty());
  }

  /** Whether a broker may be started with these files. */
  public boolean isValid() {
    return problems.stream().noneMatch(Problem::isError);
  }

  /**
   * Where a key's value comes from, a line for each place that sets it, the one that counts first.
   *
   * @param kafka tells which keys there are, if it is at hand
   */
  public List<String> explain(String key, Optional<KafkaOpinion> kafka) {
    List<Setting> history = settings.history(key);
    if (history.isEmpty()) {
      String rest =
          kafka
              .flatMap(it -> KafkaRules.unknown(key, it.knownKeys(), settings))
              .map(it -> ": " + it)
              .orElse("; Kafka's default counts");
      return List.of(masking.redaction().apply(key + " is not set" + rest));
    }
    Optional<Setting> counting = settings.get(key);
    Setting last = history.get(history.size() - 1);
    List<String> lines = new ArrayList<>();
    lines.add(
        counting
            .map(it -> "%s=%s  (%s%s)".formatted(key, it.value(), it.origin(), from(it)))
            .orElseGet(
                () ->
                    "%s is left out, because %s has no value here  (%s)"
                        .formatted(key, last.raw(), last.origin())));
    for (int i = history.size() - 2; i >= 0; i--) {
      Setting weaker = history.get(i);
      lines.add("  in place of %s  (%s)".formatted(weaker.raw(), weaker.origin()));
    }
    return lines.stream().map(masking.redaction()::apply).toList();
  }

  private static String from(Setting setting) {
    return setting.raw().equals(setting.value()) || setting.raw().isSecret()
        ? ""
        : ", from " + setting.raw();
  }
}
