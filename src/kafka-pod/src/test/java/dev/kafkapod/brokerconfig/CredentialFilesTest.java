package dev.kafkapod.brokerconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFilesTest {

  private static final FileTime EARLIER = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir private Path directory;
  private Path file;
  private String before;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("key.pem");
    Files.writeString(file, "secret");
    Files.setLastModifiedTime(file, EARLIER);
    before = fingerprint();
  }

  private String fingerprint() {
    return CredentialFiles.fingerprint(List.of(file));
  }

  @Test
  void areNamedByValuesThatArePathsOrReferToProviders() {
    assertThat(
            CredentialFiles.namedIn(
                Map.of(
                    "ssl.keystore.location",
                    "/etc/k.p12",
                    "ssl.key.password",
                    "${file:/etc/passwords:key}",
                    "sasl.jaas.config",
                    "Module required username=\"${directory:/etc/user:name}\" password=\"${file:/etc/p w:x}\";",
                    "sasl.mechanism",
                    "PLAIN",
                    "ssl.cipher.suites",
                    "${env:SUITES}",
                    "ssl.provider",
                    "/not\0a/path")))
        .containsExactlyInAnyOrder(
            Path.of("/etc/k.p12"),
            Path.of("/etc/passwords"),
            Path.of("/etc/user"),
            Path.of("/etc/p w"));
  }

  @Test
  void lookTheSameWhileNothingChanges() {
    assertThat(fingerprint()).isEqualTo(before);
  }

  @Test
  void lookDifferentWhenWritten() throws IOException {
    Files.writeString(file, "Secret");

    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void lookDifferentWhenOnlyTheirSizeChanges() throws IOException {
    Files.writeString(file, "secret!");
    Files.setLastModifiedTime(file, EARLIER);

    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void lookDifferentWhenReplacedByAFileOfTheSameTimeAndSize() throws IOException {
    Path other = directory.resolve("other");
    Files.writeString(other, "Secret");
    Files.setLastModifiedTime(other, EARLIER);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void lookDifferentWhenTheLinkOfAMountedSecretTurnsToAnotherDirectory() throws IOException {
    Path old = Files.createDirectory(directory.resolve("..1"));
    Path now = Files.createDirectory(directory.resolve("..2"));
    for (Path version : List.of(old, now)) {
      Files.writeString(version.resolve("key"), "secret");
      Files.setLastModifiedTime(version.resolve("key"), EARLIER);
    }
    Path data = Files.createSymbolicLink(directory.resolve("..data"), old);
    file = Files.createSymbolicLink(directory.resolve("mounted"), data.resolve("key"));
    before = fingerprint();
    Files.delete(data);
    Files.createSymbolicLink(data, now);

    assertThat(fingerprint()).isNotEqualTo(before);
  }

  @Test
  void lookDifferentWhenTheyGo() throws IOException {
    Files.delete(file);

    assertThat(fingerprint()).isEqualTo(file + "=none\n").isNotEqualTo(before);
  }

  @Test
  void neverShowTheirContents() {
    assertThat(before).doesNotContain("secret");
  }
}
