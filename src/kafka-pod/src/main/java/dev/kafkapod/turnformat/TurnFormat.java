package dev.kafkapod.turnformat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kafkapod.common.NodeNumber;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnRequest;
import dev.kafkapod.turns.TurnRequest.TurnKind;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes and reads the topic's records (docs/turns.md). A later version may add fields: readers
 * leave out what they don't know. Where a field changes its meaning, the version grows, and older
 * readers take the record for one that they can't read.
 */
public final class TurnFormat {

  /** The key of the record that tears the cluster down. */
  public static final String TEAR_DOWN = "tear-down";

  /** What is written, and the latest that is read. */
  static final int VERSION = 1;

  private static final int LONGEST_TEXT = 300;

  private static final String BY = "by";
  private static final String REASON = "reason";

  private static final JsonFactory JSON = new JsonFactory();

  private TurnFormat() {}

  /** The record that says this. */
  public static TurnRecord write(TurnEntry entry) {
    if (entry instanceof TurnRequest request) {
      return new TurnRecord(String.valueOf(request.node()), Optional.of(json(request)), Map.of());
    }
    if (entry instanceof TurnEntry.Release release) {
      Map<String, String> headers = new LinkedHashMap<>();
      release.request().ifPresent(id -> headers.put("request", id));
      headers.put(BY, shortened(release.by()));
      headers.put(REASON, shortened(release.reason()));
      return new TurnRecord(String.valueOf(release.node()), Optional.empty(), headers);
    }
    if (entry instanceof TurnEntry.TearDown tearDown) {
      return new TurnRecord(TEAR_DOWN, Optional.of(json(tearDown)), Map.of());
    }
    if (entry instanceof TurnEntry.NoTearDown end) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put(BY, shortened(end.by()));
      end.reason().ifPresent(it -> headers.put(REASON, shortened(it)));
      return new TurnRecord(TEAR_DOWN, Optional.empty(), headers);
    }
    throw new IllegalArgumentException("what can't be read can't be written: " + entry);
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(String kind, Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeStringField("kind", kind);
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String json(TurnRequest it) {
    return object(
        lowerCase(it.kind()),
        json -> {
          json.writeStringField("request", it.id());
          json.writeNumberField("node", it.node());
          json.writeNumberField("sequence", it.sequence());
          if (it.place().isPresent()) {
            json.writeNumberField("place", it.place().getAsLong());
          }
          if (it.goesFrom().isPresent()) {
            json.writeNumberField("goesFrom", it.goesFrom().getAsLong());
          }
          if (it.goes()) {
            json.writeBooleanField("letGo", it.letGo());
          }
          if (it.process().isPresent()) {
            ProcessIdentity process = it.process().get();
            json.writeObjectFieldStart("process");
            json.writeStringField("boot", process.boot());
            json.writeNumberField("pid", process.pid());
            json.writeNumberField("startTicks", process.startTicks());
            json.writeEndObject();
          }
          json.writeStringField("host", shortened(it.host()));
          json.writeStringField("since", it.since().toString());
          json.writeStringField("until", it.until().toString());
          json.writeStringField("written", it.written().toString());
          json.writeNumberField("lastsMs", it.lasts().toMillis());
          json.writeStringField("waitsFor", lowerCase(it.waitsFor()));
          json.writeStringField("why", shortened(it.why()));
        });
  }

  private static String json(TurnEntry.TearDown it) {
    return object(
        TEAR_DOWN,
        json -> {
          json.writeStringField("clusterId", it.clusterId());
          json.writeStringField(BY, shortened(it.by()));
          json.writeStringField(REASON, shortened(it.reason()));
          json.writeStringField("written", it.written().toString());
          json.writeNumberField("lastsMs", it.lasts().toMillis());
        });
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT - 1) + "…";
  }

  /** What a record says; {@link TurnEntry.UnreadableRecord} where that can't be told. */
  public static TurnEntry read(TurnRecord record) {
    OptionalInt node = NodeNumber.of(record.key()).stream().findFirst();
    try {
      if (record.key().equals(TEAR_DOWN)) {
        return record.value().isEmpty()
            ? new TurnEntry.NoTearDown(
                by(record), Optional.ofNullable(record.headers().get(REASON)))
            : tearDown(values(record.value().get()));
      }
      if (node.isEmpty()) {
        return unreadable(record, node, "its key is no node id");
      }
      return record.value().isEmpty()
          ? new TurnEntry.Release(
              node.getAsInt(),
              Optional.ofNullable(record.headers().get("request")),
              by(record),
              record.headers().getOrDefault(REASON, "no reason given"))
          : request(values(record.value().get()), node.getAsInt());
    } catch (IOException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
      return unreadable(
          record, node, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static String by(TurnRecord record) {
    return record.headers().getOrDefault(BY, "somebody");
  }

  private static TurnEntry.UnreadableRecord unreadable(
      TurnRecord record, OptionalInt node, String problem) {
    return new TurnEntry.UnreadableRecord(
        node,
        "the record with the key %s can't be read: %s"
            .formatted(shortened(record.key()), shortened(problem)));
  }

  private static TurnRequest request(Map<String, String> values, int node) {
    String given = need(values, "node");
    if (!given.equals(String.valueOf(node))) {
      throw new IllegalArgumentException("its key is another node's than its value, " + given);
    }
    TurnKind kind = one(TurnKind.class, need(values, "kind"));
    return new TurnRequest(
        need(values, "request"),
        node,
        kind,
        kind == TurnKind.GOES && Boolean.parseBoolean(values.getOrDefault("letGo", "false")),
        Long.parseLong(need(values, "sequence")),
        number(values, "place"),
        number(values, "goesFrom"),
        process(values),
        shortened(values.getOrDefault("host", "")),
        Instant.parse(need(values, "since")),
        Instant.parse(need(values, "until")),
        Instant.parse(need(values, "written")),
        Duration.ofMillis(Long.parseLong(need(values, "lastsMs"))),
        one(WaitsFor.class, values.getOrDefault("waitsFor", "nothing")),
        shortened(values.getOrDefault("why", "")));
  }

  private static Optional<ProcessIdentity> process(Map<String, String> values) {
    return values.containsKey("process/boot")
        ? Optional.of(
            new ProcessIdentity(
                need(values, "process/boot"),
                Long.parseLong(need(values, "process/pid")),
                Long.parseLong(need(values, "process/startTicks"))))
        : Optional.empty();
  }

  private static TurnEntry.TearDown tearDown(Map<String, String> values) {
    return new TurnEntry.TearDown(
        shortened(need(values, "clusterId")),
        shortened(need(values, BY)),
        shortened(need(values, REASON)),
        Instant.parse(need(values, "written")),
        Duration.ofMillis(Long.parseLong(need(values, "lastsMs"))));
  }

  private static OptionalLong number(Map<String, String> values, String name) {
    String text = values.get(name);
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  private static String need(Map<String, String> values, String name) {
    String text = values.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  private static <E extends Enum<E>> E one(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  /** The values outside of arrays, by their path: {@code process/pid}. */
  private static Map<String, String> values(String text) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is no JSON object");
      }
      while (json.nextToken() != null) {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_ARRAY) {
          json.skipChildren();
        } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
          values.put(
              json.getParsingContext().pathAsPointer().toString().substring(1), json.getText());
        }
      }
    }
    int version = Integer.parseInt(need(values, "version"));
    if (version < 1 || version > VERSION) {
      throw new IllegalArgumentException(
          "it has version %d, and this kafka-pod reads version %d".formatted(version, VERSION));
    }
    return values;
  }
}
