package dev.kafkapod.overrides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.overrides.OverrideIdentity.InForceBy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverrideIdentityTest {

  private static final String HASH = "0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @ValueSource(strings = {"none - -", "own " + HASH + " -", "shared !" + HASH + " " + HASH})
  void isReadAsItWasWritten(String text) {
    assertThat(OverrideIdentity.of(text)).map(OverrideIdentity::text).contains(text);
  }

  @Test
  void hasThreeParts() {
    assertThat(OverrideIdentity.of("own " + HASH + " -"))
        .contains(new OverrideIdentity(InForceBy.OWN, HASH, "-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "none -", "none - - ", "any - -", "none  - -", "none - x"})
  void nothingElseIsRead(String text) {
    assertThat(OverrideIdentity.of(text)).isEmpty();
  }

  @Test
  void refusesWhatIsNoFingerprint() {
    assertThatThrownBy(() -> new OverrideIdentity(InForceBy.NONE, "-", HASH + "0"))
        .hasMessage("a file's fingerprint must be - or 32 hexadecimal digits, got '" + HASH + "0'");
    assertThatThrownBy(() -> new OverrideIdentity(InForceBy.NONE, "", "-"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
