package dev.kafkapod.reassignmentfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.reassignmentfile.PartitionsFile.PartitionsRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kafka-reassign-partitions.sh takes, and what it doesn't. */
class PartitionsFileTest {

  @TempDir private Path directory;

  private PartitionsRead read(String text) throws IOException {
    return PartitionsFile.read(Files.writeString(directory.resolve("some.json"), text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'version':1,'topics':[{'topic':'a'},{'topic':'b'}]}|{a=[], b=[]}",
        "{'topics':[{'topic':'a'}]}|{a=[]}",
        "{'version':1,'partitions':[{'topic':'a','partition':2,'replicas':[1,2],'log_dirs':['any','any']},{'topic':'a','partition':0}]}|{a=[0, 2]}",
        "{'partitions':[{'topic':'a','partition':2}],'topics':[{'topic':'a'}]}|{a=[]}",
      })
  void namesTopicsAndPartitions(String text, String expected) throws IOException {
    PartitionsRead read = read(text.replace('\'', '"'));

    assertThat(read.problems()).isEmpty();
    assertThat(read.partitions().byTopic()).hasToString(expected);
    assertThat(read.partitions().source()).endsWith("some.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "''|must be a JSON object; write for example ",
        "[]|must be a JSON object; write for example ",
        "{'version':2,'topics':[{'topic':'a'}]}|'version' must be 1, got '2'",
        "{'version':null,'topics':[{'topic':'a'}]}|'version' must be 1, got null",
        "{}|names no topic and no partition; write for example ",
        "{'version':1,'partitions':[]}|names no topic and no partition; write for example ",
        "{'topics':'a'}|'topics' must be a list, got 'a'",
        "{'topics':['a']}|topics[0] must be an object, got 'a'",
        "{'topics':[{'topic':7}]}|topics[0]: 'topic' must be a topic's name, got '7'",
        "{'partitions':[{'topic':'a'}]}|partitions[0]: 'partition' must be a whole number from 0, got nothing",
        "{'partitions':[{'topic':'a','partition':-1}]}|partitions[0]: 'partition' must be a whole number from 0, got '-1'",
        "{'partitions':[{'topic':'a','partition':1.5}]}|partitions[0]: 'partition' must be a whole number from 0, got '1.5'",
        "{'partitions':[{'topic':'a','partition':99999999999}]}|partitions[0]: 'partition' must be a whole number from 0, got '99999999999'",
      })
  void refusesAnythingElse(String text, String problem) throws IOException {
    PartitionsRead read = read(text.replace('\'', '"'));

    assertThat(read.problems()).hasSize(1);
    assertThat(read.problems().get(0).replace('\'', '"')).startsWith(problem.replace('\'', '"'));
  }

  @Test
  void refusesWhatIsNoJson() throws IOException {
    assertThat(read("").problems()).containsExactly("it can't be read: there is nothing in it");
    assertThat(read("{} {}").problems())
        .containsExactly("it can't be read: something stands behind the end of the JSON");
    assertThat(read("{\"topics\":\n[").problems().get(0)).startsWith("no JSON (");
    assertThat(read("{\"topics\":[],\"topics\":[]}").problems().get(0))
        .startsWith("no JSON (Duplicate field 'topics'");
    assertThat(PartitionsFile.read(directory.resolve("none.json")).problems().get(0))
        .startsWith("it can't be read: ");
    assertThat(PartitionsFile.read(directory).problems().get(0)).startsWith("it can't be read: ");
  }

  @Test
  void namesAllProblemsAtOnceButNoThousands() throws IOException {
    PartitionsRead read = read("{\"topics\":[%s{}]}".formatted("1,".repeat(99)));

    assertThat(read.problems()).hasSize(11).endsWith("and 90 more");
  }

  @Test
  void copiesWhatItIsGiven() throws IOException {
    assertThat(read("{\"partitions\":[{\"topic\":\"a\",\"partition\":1}]}").partitions().byTopic())
        .isEqualTo(new TreeMap<>(Map.of("a", new TreeSet<>(List.of(1)))));
  }
}
