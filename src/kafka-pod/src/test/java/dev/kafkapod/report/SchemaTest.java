package dev.kafkapod.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.kafkapod.common.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas in {@code docs} promise people's programs what {@code --output json} writes. */
class SchemaTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  @ParameterizedTest
  @ValueSource(strings = {"status", "reply"})
  void isASchema(String name) throws IOException {
    JsonSchema metaSchema = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));

    assertThat(metaSchema.validate(document(name))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void describesEveryStatus(StatusSample sample) throws IOException {
    assertThat(validate("status", tree(sample))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void allowsNoOtherFields(StatusSample sample) throws IOException {
    JsonNode status = tree(sample);

    for (JsonNode object : objectsIn(status)) {
      ((ObjectNode) object).put("other", true);
      assertThat(validate("status", status)).as("with another field in %s", object).isNotEmpty();
      ((ObjectNode) object).remove("other");
    }
  }

  private static List<JsonNode> objectsIn(JsonNode node) {
    List<JsonNode> objects = new ArrayList<>();
    if (node.isObject()) {
      objects.add(node);
    }
    node.forEach(child -> objects.addAll(objectsIn(child)));
    return objects;
  }

  @Test
  void promisesNoFieldThatIsNeverWritten() throws IOException {
    Set<String> written = new TreeSet<>();
    for (StatusSample sample : StatusSample.values()) {
      objectsIn(tree(sample)).forEach(it -> it.fieldNames().forEachRemaining(written::add));
    }
    Set<String> promised = new TreeSet<>();
    for (JsonNode properties : propertiesIn(document("status"))) {
      properties.fieldNames().forEachRemaining(promised::add);
    }

    assertThat(promised).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "reply"})
  void explainsEveryFieldAndItsUnit(String name) throws IOException {
    for (JsonNode properties : propertiesIn(document(name))) {
      properties
          .fields()
          .forEachRemaining(
              field ->
                  assertThat(field.getValue().path("description").asText())
                      .as("description of %s", field.getKey())
                      .isNotEmpty()
                      .contains(field.getKey().endsWith("Ms") ? "milliseconds" : ""));
    }
  }

  /** The objects that define fields; those of top-level rules only narrow them down. */
  private static List<JsonNode> propertiesIn(JsonNode schema) {
    ObjectNode fields = schema.deepCopy();
    fields.remove(List.of("oneOf", "if", "then", "else"));
    List<JsonNode> found = new ArrayList<>();
    objectsIn(fields).stream()
        .filter(it -> it.has("properties"))
        .forEach(it -> found.add(it.get("properties")));
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "live", "started"})
  void describesEveryReply(String question) throws IOException {
    for (Verdict verdict :
        List.of(
            new Verdict.Yes("broker 1 RUNNING"),
            new Verdict.No(List.of("broker 1 STARTING")),
            new Verdict.CannotTell(List.of("the broker gave no answer in time")))) {
      assertThat(validate("reply", tree(new Reply(question, verdict)))).as("%s", verdict).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"reply", "status"})
  void doesNotLetAnswerAndExitCodeDiffer(String name) throws IOException {
    ObjectNode json = (ObjectNode) tree(StatusSample.IN_ORDER);
    if (name.equals("reply")) {
      json = (ObjectNode) tree(StatusSample.IN_ORDER.status().reply());
    }
    json.put("exitCode", 1);

    assertThat(validate(name, json)).isNotEmpty();
  }

  @Test
  void promisesTheCountsOfKafkasToolsUnlessTheAgentAnswers() throws IOException {
    ObjectNode asked = (ObjectNode) tree(StatusSample.IN_ORDER);
    ObjectNode watched = (ObjectNode) tree(StatusSample.WATCHED);
    JsonNode counts = ((ObjectNode) asked.get("cluster")).remove("kafkaTopics");
    ((ObjectNode) watched.get("cluster")).set("kafkaTopics", counts);

    assertThat(validate("status", asked)).isNotEmpty();
    assertThat(validate("status", watched)).isNotEmpty();
  }

  @Test
  void describesTheFieldsOfAReplyInAStatusInTheSameWords() throws IOException {
    JsonNode reply = document("reply").get("properties");
    JsonNode status = document("status").get("properties");

    for (String field : List.of("answer", "exitCode", "line", "reasons")) {
      assertThat(status.get(field)).as(field).isEqualTo(reply.get(field));
    }
  }

  private static Set<ValidationMessage> validate(String schema, JsonNode json) throws IOException {
    return FACTORY.getSchema(document(schema)).validate(json);
  }

  private static JsonNode document(String name) throws IOException {
    return MAPPER.readTree(Files.readString(Path.of("docs", name + ".schema.json")));
  }

  private static JsonNode tree(StatusSample sample) throws IOException {
    return MAPPER.readTree(StatusJsonTest.json(sample));
  }

  private static JsonNode tree(Reply reply) throws IOException {
    StringWriter out = new StringWriter();
    Json.print(new PrintWriter(out), reply::writeFields);
    return MAPPER.readTree(out.toString());
  }
}
