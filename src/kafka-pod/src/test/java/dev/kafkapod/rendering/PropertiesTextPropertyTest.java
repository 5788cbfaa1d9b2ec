package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.settings.Secrets;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the JDK's own reader makes of a text is what ours has to make of it. */
class PropertiesTextPropertyTest {

  @Property(tries = 3000)
  void readsWhatJavaReads(@ForAll("texts") String text) throws IOException {
    Properties expected = new Properties();
    boolean malformed = false;
    try {
      expected.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      malformed = true;
    }
    Problems problems = new Problems();

    Map<String, String> read = new HashMap<>();
    PropertiesText.parse("file", Origin.Layer.MOUNTED, text, Secrets.byName(), problems)
        .forEach(it -> read.put(it.key(), it.text()));

    // a line without a key is a mistake for us, and Java's empty key
    expected.remove("");
    if (!malformed) {
      assertThat(read).as("of %s", text).isEqualTo(new HashMap<>(expected));
    } else {
      assertThat(problems.hasErrors()).as("of %s", text).isTrue();
    }
  }

  @Property
  void readsBackWhatItWrites(@ForAll("settings") Map<String, String> settings) throws IOException {
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(PropertiesText.line(key, value)).append('\n'));
    Properties read = new Properties();
    read.load(new StringReader(text.toString()));

    assertThat(new HashMap<>(read)).isEqualTo(settings);
    assertThat(text.toString().chars()).allMatch(it -> it == '\n' || (it >= ' ' && it <= '~'));
  }

  @Property
  void neverCrashes(@ForAll String text) {
    Problems problems = new Problems();

    List<Setting> settings =
        PropertiesText.parse("file", Origin.Layer.MOUNTED, text, Secrets.byName(), problems);

    assertThat(settings).allMatch(it -> !it.key().isEmpty());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b=", "=c", ":", " ", "\t", "\f", "\\", "\\\\", "\\n", "\\u0041", "\\u00", "\n",
            "\r\n", "\r", "#", "!", "key", "value ", "é", "\\ ", "\\=", "\\:")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Map<String, String>> settings() {
    return Arbitraries.maps(
            Arbitraries.strings().ofMinLength(1).ofMaxLength(12),
            Arbitraries.strings().ofMaxLength(12))
        .ofMaxSize(5);
  }
}
