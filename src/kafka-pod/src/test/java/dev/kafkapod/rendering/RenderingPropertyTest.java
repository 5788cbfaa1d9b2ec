package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever somebody writes: files that can be read, or a list of what is wrong; never a crash. */
class RenderingPropertyTest {

  private static final Pattern PROVIDER = Pattern.compile("\\$\\{[\\w-]+:[^}]*}");

  @Property
  void rendersOrSaysWhatIsWrong(
      @ForAll("files") String template,
      @ForAll("files") String mounted,
      @ForAll("environments") Map<String, String> environment,
      @ForAll("podNames") String podName)
      throws IOException {
    Rendering rendering = Requests.render(Requests.of(template, mounted, environment, podName));

    if (rendering.isValid()) {
      Properties read = new Properties();
      read.load(new StringReader(rendering.files().get(Rendering.SERVER)));
      assertThat(read).containsExactlyInAnyOrderEntriesOf(rendering.settings().asMap());
      assertThat(rendering.files()).containsKeys(Rendering.LOG, Rendering.CLIENT);
    } else {
      assertThat(rendering.problems()).anyMatch(Problem::isError);
    }
    assertThat(rendering.problems())
        .allSatisfy(it -> assertThat(it.toString().lines().count()).isEqualTo(1));
  }

  @Property
  void rendersTheSameAgain(
      @ForAll("files") String template,
      @ForAll("files") String mounted,
      @ForAll("environments") Map<String, String> environment) {
    Request request = Requests.of(template, mounted, environment, "kafka-1");

    Rendering once = Requests.render(request);
    Rendering again = Requests.render(request);

    assertThat(again.files()).isEqualTo(once.files());
    assertThat(again.problems()).isEqualTo(once.problems());
  }

  @Property
  void leavesKafkasOwnPlaceholdersAlone(@ForAll("values") String value) {
    Optional<String> filled =
        new Placeholders(Requests.names("kafka-1"), (message, values) -> {}).fillIn(value);

    List<String> before = PROVIDER.matcher(value).results().map(it -> it.group()).toList();
    Matcher after = PROVIDER.matcher(filled.orElse(""));
    for (String provided : before) {
      // one that begins inside of an unclosed name of ours is not seen as one
      if (value.indexOf("${") == value.indexOf(provided)) {
        assertThat(after.find()).isTrue();
        assertThat(after.group()).isEqualTo(provided);
        break;
      }
    }
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of(
            "${node.id}",
            "${node.id+9091}",
            "${file:/a:b}",
            "${env:X}",
            "${vault:k-1}",
            "${",
            "}",
            "$",
            "a",
            ":",
            "${zone|}",
            "${zone|x}",
            "${nope}",
            "${1-2}",
            "${ordinal+zone}",
            "${env.PATH}",
            "${a|b:c}",
            "://",
            ",",
            "${}",
            "${+}",
            "${node.id+}",
            "${|}")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> files() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "node.id",
            "process.roles",
            "listeners",
            "advertised.listeners",
            "log.dirs",
            "controller.quorum.voters",
            "controller.listener.names",
            "inter.broker.listener.name",
            "listener.security.protocol.map",
            "broker.id",
            "zookeeper.connect",
            "x.password",
            "a%zb",
            "%s",
            "%");
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            values(),
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.of(
                "broker",
                "controller",
                "1",
                "A://:1",
                "A://h:1,B://[::]:2",
                "A",
                "A:PLAINTEXT",
                "1@h:9",
                "99999999999",
                "A://127.0.0.5:${node.id+9091}",
                "\\u00zz",
                "a\\"));
    return Combinators.combine(keys, texts)
        .as((key, text) -> key + "=" + text)
        .list()
        .ofMaxSize(8)
        .map(lines -> String.join("\n", lines));
  }

  @Provide
  Arbitrary<Map<String, String>> environments() {
    return Arbitraries.maps(
            Arbitraries.of(
                "KAFKA_LISTENERS",
                "KAFKA_NODE_ID",
                "KAFKA_PROCESS_ROLES",
                "KAFKA_A__B___C",
                "KAFKA_",
                "KAFKA__",
                "KAFKA_PORT",
                "KAFKA_LOG4J_LOGGERS",
                "KAFKA_POD_X",
                "PATH"),
            Arbitraries.oneOf(values(), Arbitraries.strings().ofMaxLength(6)))
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> podNames() {
    return Arbitraries.of("kafka-0", "kafka-7", "kafka", "", "k-99999999999", "-1", "a-b-3");
  }
}
