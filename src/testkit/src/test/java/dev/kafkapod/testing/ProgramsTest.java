package dev.kafkapod.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramsTest {

  @Test
  void findsWhatIsInstalledAndNothingElse() {
    assertThat(Programs.find("sh")).hasValueSatisfying(it -> assertThat(it).isExecutable());
    assertThat(Programs.find("no-such-program")).isEmpty();
  }

  @Test
  void takesTheLoadedImagesNameWhateverIsSaidBefore() {
    assertThat(Programs.loadedImage("Loaded image: kafka-pod:1\n")).isEqualTo("kafka-pod:1");
    assertThat(
            Programs.loadedImage(
                "The image kafka-pod:1 already exists, renaming the old one with ID sha256:45f4 to empty string\nLoaded image: kafka-pod:1\n"))
        .isEqualTo("kafka-pod:1");
  }
}
