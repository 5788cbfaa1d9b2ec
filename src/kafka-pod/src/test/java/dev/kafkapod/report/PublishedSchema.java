package dev.kafkapod.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A JSON schema in the docs, and JSON that is held against it.
 *
 * @param name of its file, without the ending
 */
record PublishedSchema(String name) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  JsonNode document() throws IOException {
    return MAPPER.readTree(Files.readString(Path.of("docs", name + ".schema.json")));
  }

  /** What is wrong with it as a schema. */
  Set<ValidationMessage> problems() throws IOException {
    return FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(document());
  }

  /** What is wrong with some JSON by it. */
  Set<ValidationMessage> validate(JsonNode json) throws IOException {
    return FACTORY.getSchema(document()).validate(json);
  }

  /** The objects that define fields; those of top-level rules only narrow them down. */
  List<JsonNode> properties() throws IOException {
    ObjectNode fields = document().deepCopy();
    fields.remove(List.of("oneOf", "if", "then", "else"));
    List<JsonNode> found = new ArrayList<>();
    objectsIn(fields).stream()
        .filter(it -> it.has("properties"))
        .forEach(it -> found.add(it.get("properties")));
    return found;
  }

  /** A report as JSON. */
  static JsonNode tree(Json.Fields report) throws IOException {
    StringWriter out = new StringWriter();
    Json.print(new PrintWriter(out), report);
    return tree(out.toString());
  }

  static JsonNode tree(String json) throws IOException {
    return MAPPER.readTree(json);
  }

  /** The object itself, if it is one, and all that are in it. */
  static List<JsonNode> objectsIn(JsonNode node) {
    List<JsonNode> objects = new ArrayList<>();
    if (node.isObject()) {
      objects.add(node);
    }
    node.forEach(child -> objects.addAll(objectsIn(child)));
    return objects;
  }
}
