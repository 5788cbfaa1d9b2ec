package dev.kafkapod.turnformat;

import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnRequest;
import dev.kafkapod.turns.TurnRequest.TurnKind;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnFormatTest {

  private static final TurnRequest WHOLE =
      new TurnRequest(
          "6e1f",
          3,
          TurnKind.GOES,
          true,
          4,
          OptionalLong.of(12),
          OptionalLong.of(14),
          Optional.of(new ProcessIdentity("b00t", 17, 4711)),
          "kafka-3",
          NOW.minusSeconds(40),
          NOW.plusSeconds(560),
          NOW,
          Duration.ofMinutes(6),
          WaitsFor.TURN,
          "under-min-ISR 1 (orders-0)");

  static Stream<TurnEntry> entries() {
    return Stream.of(
        WHOLE,
        aRequest(0).build(),
        new TurnEntry.Release(3, Optional.of("6e1f"), "jane", "INC-1"),
        new TurnEntry.Release(3, Optional.empty(), "jane", "INC-1"),
        new TurnEntry.TearDown("cluster", "jane", "INC-1", NOW, Duration.ofHours(1)),
        new TurnEntry.NoTearDown("jane", Optional.of("INC-1 it stays")));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void readsWhatItWrites(TurnEntry entry) {
    assertThat(TurnFormat.read(TurnFormat.write(entry))).isEqualTo(entry);
  }

  @Test
  void theRecordIsThisOne() {
    TurnRecord record = TurnFormat.write(WHOLE);

    assertThat(record.key()).isEqualTo("3");
    assertThat(record.value().orElseThrow())
        .isEqualTo(
            "{\"version\":1,\"kind\":\"goes\",\"request\":\"6e1f\",\"node\":3,\"sequence\":4,\"place\":12,\"goesFrom\":14,\"letGo\":true,"
                + "\"process\":{\"boot\":\"b00t\",\"pid\":17,\"startTicks\":4711},\"host\":\"kafka-3\",\"since\":\"2026-11-28T15:59:20Z\","
                + "\"until\":\"2026-11-28T16:09:20Z\",\"written\":\"2026-11-28T16:00:00Z\",\"lastsMs\":360000,\"waitsFor\":\"turn\","
                + "\"why\":\"under-min-ISR 1 (orders-0)\"}");
  }

  private static TurnEntry read(String key, String value) {
    return TurnFormat.read(new TurnRecord(key, Optional.ofNullable(value), Map.of()));
  }

  private static String changed(String old, String other) {
    String value = TurnFormat.write(WHOLE).value().orElseThrow();
    assertThat(value).contains(old);
    return value.replace(old, other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "{",
        "{}",
        "goes",
        "{\"version\":1}",
        "\u0000",
        "{\"version\":null}"
      })
  void whatIsNoRequestIsOneOfItsKeysNodeThatCannotBeRead(String value) {
    assertThat(read("3", value))
        .isInstanceOfSatisfying(
            TurnEntry.UnreadableRecord.class,
            it -> {
              assertThat(it.node()).isEqualTo(OptionalInt.of(3));
              assertThat(it.problem()).startsWith("the record with the key 3 can't be read: ");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\":1|\"version\":2",
        "\"version\":1|\"version\":0",
        "\"kind\":\"goes\"|\"kind\":\"stays\"",
        "\"node\":3|\"node\":4",
        "\"sequence\":4|\"sequence\":0",
        "\"sequence\":4|\"sequence\":99999999999999999999",
        "\"lastsMs\":360000|\"lastsMs\":99999999999",
        "\"lastsMs\":360000|\"lastsMs\":-1",
        "\"since\":\"2026-11-28T15:59:20Z\"|\"since\":\"yesterday\"",
        "\"waitsFor\":\"turn\"|\"waitsFor\":\"godot\"",
        "\"pid\":17|\"pid\":\"x\"",
        "\"request\":\"6e1f\",|"
      })
  void whatIsWrongInAFieldMakesAllOfItUnreadable(String change) {
    String[] parts = change.split("\\|", -1);

    assertThat(read("3", changed(parts[0], parts[1])))
        .isInstanceOf(TurnEntry.UnreadableRecord.class);
  }

  @Test
  void whatALaterVersionAddsIsLeftOut() {
    assertThat(read("3", changed("\"node\":3", "\"node\":3,\"more\":{\"node\":5,\"all\":[1,2]}")))
        .isEqualTo(WHOLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kafka-3", "-1", "3.5", "99999999999"})
  void aKeyThatIsNoNodeIdIsNobodys(String key) {
    assertThat(read(key, "{}"))
        .isInstanceOfSatisfying(
            TurnEntry.UnreadableRecord.class, it -> assertThat(it.node()).isEmpty());
  }

  @Test
  void aTombstoneWithoutHeadersReleasesAllOfItsNode() {
    assertThat(read("3", null))
        .isEqualTo(new TurnEntry.Release(3, Optional.empty(), "somebody", "no reason given"));
  }

  @Test
  void textsAreShortAndOneLine() {
    TurnEntry.Release release =
        new TurnEntry.Release(3, Optional.empty(), "jane\u001b[31m", "a\nb" + "x".repeat(1000));
    TurnEntry.Release read = (TurnEntry.Release) TurnFormat.read(TurnFormat.write(release));

    assertThat(read.by()).isEqualTo("jane [31m");
    assertThat(read.reason()).startsWith("a bx").hasSize(300).endsWith("…");
  }
}
