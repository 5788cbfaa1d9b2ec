package dev.kafkapod.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.rendering.Listening;
import dev.kafkapod.rendering.Problem;
import dev.kafkapod.rendering.Rendering;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code kafka-pod render} has to say.
 *
 * @param done what became of the files, for example "rendered to /run/kafka-pod/config"
 */
record RenderReport(Rendering rendering, String done) {

  RenderReport {
    Objects.requireNonNull(rendering);
    Objects.requireNonNull(done);
  }

  /** For people. */
  String line() {
    return rendering.isValid()
        ? "%s (%s): %s"
            .formatted(done, rendering.who(), String.join(", ", rendering.files().keySet()))
        : "not rendered (%s): %d problem%s"
            .formatted(rendering.who(), errors(), errors() == 1 ? "" : "s");
  }

  /** What the process will listen on; empty if that isn't known. */
  Optional<String> listens() {
    return rendering.listening().map(Listening::line);
  }

  private long errors() {
    return rendering.problems().stream().filter(Problem::isError).count();
  }

  /** For programs. */
  void writeFields(JsonGenerator json) throws IOException {
    json.writeBooleanField("valid", rendering.isValid());
    json.writeStringField("summary", line());
    if (rendering.listening().isPresent()) {
      writeListeners(json, rendering.listening().get());
    }
    json.writeArrayFieldStart("problems");
    for (Problem problem : rendering.problems()) {
      json.writeStartObject();
      json.writeStringField("severity", problem.severity().name().toLowerCase(Locale.ROOT));
      json.writeStringField("where", problem.where());
      json.writeStringField("message", problem.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeListeners(JsonGenerator json, Listening listening) throws IOException {
    json.writeStringField("listens", listening.line());
    json.writeArrayFieldStart("listeners");
    for (Listening.Socket socket : listening.sockets()) {
      json.writeStartObject();
      json.writeStringField("name", socket.name());
      json.writeStringField("protocol", socket.protocol());
      json.writeStringField("bound", socket.bound());
      if (!socket.advertised().isEmpty()) {
        json.writeStringField("advertised", socket.advertised());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
