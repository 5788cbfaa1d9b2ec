package dev.kafkapod.report;

import static dev.kafkapod.report.PublishedSchema.objectsIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ValidationMessage;
import dev.kafkapod.common.Verdict;
import java.io.IOException;
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

  @ParameterizedTest
  @ValueSource(strings = {"status", "reply"})
  void isASchema(String name) throws IOException {
    assertThat(new PublishedSchema(name).problems()).isEmpty();
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

  @Test
  void promisesNoFieldThatIsNeverWritten() throws IOException {
    Set<String> written = new TreeSet<>();
    for (StatusSample sample : StatusSample.values()) {
      objectsIn(tree(sample)).forEach(it -> it.fieldNames().forEachRemaining(written::add));
    }
    Set<String> promised = new TreeSet<>();
    for (JsonNode properties : new PublishedSchema("status").properties()) {
      properties.fieldNames().forEachRemaining(promised::add);
    }

    assertThat(promised).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "reply"})
  void explainsEveryFieldAndItsUnit(String name) throws IOException {
    for (JsonNode properties : new PublishedSchema(name).properties()) {
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
    return new PublishedSchema(schema).validate(json);
  }

  private static JsonNode document(String name) throws IOException {
    return new PublishedSchema(name).document();
  }

  private static JsonNode tree(StatusSample sample) throws IOException {
    return PublishedSchema.tree(StatusJsonTest.json(sample));
  }

  private static JsonNode tree(Reply reply) throws IOException {
    return PublishedSchema.tree(reply::writeFields);
  }
}
