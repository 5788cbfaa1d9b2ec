package dev.kafkapod.reassignmentfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kafkapod.common.FileProblem;
import dev.kafkapod.placement.NamedPartitions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads which partitions a file names: one of topics, as kafka-reassign-partitions.sh takes it with
 * {@code --topics-to-move-json-file}, or one of partitions, as with {@code
 * --reassignment-json-file}. The replicas that the latter has don't count.
 */
public final class PartitionsFile {

  private static final int VERSION = 1;
  private static final int MOST_PROBLEMS = 10;
  private static final String EXAMPLE =
      "write for example {\"version\":1,\"partitions\":[{\"topic\":\"orders\",\"partition\":0}]} or {\"version\":1,\"topics\":[{\"topic\":\"orders\"}]}";

  private final NavigableMap<String, NavigableSet<Integer>> byTopic = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private PartitionsFile() {}

  /**
   * What came of reading.
   *
   * @param partitions what the file names, as far as it could be read
   * @param problems what is wrong with it, each in one line; none if it could be read
   */
  public record PartitionsRead(NamedPartitions partitions, List<String> problems) {
    public PartitionsRead {
      problems = List.copyOf(problems);
    }
  }

  /** Reads a file. */
  public static PartitionsRead read(Path file) {
    PartitionsFile reading = new PartitionsFile();
    try (InputStream in = Files.newInputStream(file)) {
      reading.document(JsonValues.read(in));
    } catch (JsonProcessingException e) {
      reading.problems.add(
          "no JSON (%s, line %d); %s"
              .formatted(
                  e.getOriginalMessage().replaceAll("\\s+", " "),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  EXAMPLE));
    } catch (IOException e) {
      reading.problems.add("it can't be read: " + FileProblem.reason(e, file));
    }
    return new PartitionsRead(
        new NamedPartitions(file.toString(), reading.byTopic), reading.problems);
  }

  private void document(Object value) {
    if (!(value instanceof Map<?, ?> document)) {
      problems.add("must be a JSON object; " + EXAMPLE);
      return;
    }
    Object version = document.containsKey("version") ? document.get("version") : VERSION;
    if (!(version instanceof Number number) || number.doubleValue() != VERSION) {
      problems.add("\"version\" must be %d, got %s".formatted(VERSION, shown(version)));
    }
    list(document, "topics", this::topic);
    list(document, "partitions", this::partition);
    if (problems.isEmpty() && byTopic.isEmpty()) {
      problems.add("names no topic and no partition; " + EXAMPLE);
    }
    if (problems.size() > MOST_PROBLEMS) {
      int more = problems.size() - MOST_PROBLEMS;
      problems.subList(MOST_PROBLEMS, problems.size()).clear();
      problems.add("and %d more".formatted(more));
    }
  }

  private interface Entry {
    void read(Map<?, ?> entry, String where);
  }

  private void list(Map<?, ?> document, String name, Entry entry) {
    Object value = document.get(name);
    if (value == null) {
      return;
    }
    if (!(value instanceof List<?> list)) {
      problems.add("\"%s\" must be a list, got %s".formatted(name, shown(value)));
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      String where = "%s[%d]".formatted(name, i);
      if (list.get(i) instanceof Map<?, ?> fields) {
        entry.read(fields, where);
      } else {
        problems.add("%s must be an object, got %s".formatted(where, shown(list.get(i))));
      }
    }
  }

  private void topic(Map<?, ?> fields, String where) {
    if (fields.get("topic") instanceof String topic && !topic.isEmpty()) {
      byTopic.put(topic, new TreeSet<>()); // all of it, whatever else is named
    } else {
      problems.add(
          "%s: \"topic\" must be a topic's name, got %s"
              .formatted(where, shown(fields.get("topic"))));
    }
  }

  private void partition(Map<?, ?> fields, String where) {
    OptionalInt number =
        fields.get("partition") instanceof Integer it && it >= 0
            ? OptionalInt.of(it)
            : OptionalInt.empty();
    if (number.isEmpty()) {
      problems.add(
          "%s: \"partition\" must be a whole number from 0, got %s"
              .formatted(where, shown(fields.get("partition"))));
    }
    if (!(fields.get("topic") instanceof String topic) || topic.isEmpty()) {
      problems.add(
          "%s: \"topic\" must be a topic's name, got %s"
              .formatted(where, shown(fields.get("topic"))));
      return;
    }
    NavigableSet<Integer> all = byTopic.get(topic);
    if (number.isPresent() && (all == null || !all.isEmpty())) {
      byTopic.computeIfAbsent(topic, it -> new TreeSet<>()).add(number.getAsInt());
    }
  }

  private static String shown(Object value) {
    if (value == null) {
      return "nothing";
    }
    if (value == JsonValues.NULL) {
      return "null";
    }
    return value instanceof Map<?, ?>
        ? "an object"
        : value instanceof List<?> ? "a list" : "'" + value + "'";
  }
}
