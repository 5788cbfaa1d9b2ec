package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the shipped manifests, asked of somebody's own. */
class ManifestLinterTest {

  private record Said(int exitCode, String out, String err) {}

  private static Said lint(String yaml, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        new ManifestLinter(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(args, new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    return new Said(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static String shipped() {
    return Kustomize.build(Path.of("deploy/overlays/single"));
  }

  @Test
  void whatIsShippedKeepsToAllRules() {
    Kustomize.require();

    Said said = lint("", "deploy/overlays/single");

    assertThat(said)
        .isEqualTo(
            new Said(
                0, "deploy/overlays/single: all %d rules hold\n".formatted(Rules.ALL.size()), ""));
  }

  @Test
  void anOverlayOfOnesOwnIsBuiltAndWhatItBreaksIsNamed(@TempDir Path directory) throws Exception {
    Kustomize.require();
    Files.writeString(
        directory.resolve("kustomization.yaml"),
        """
        resources: [%s]
        patches:
          - target: {kind: StatefulSet, name: kafka}
            patch: |
              - {op: replace, path: /spec/podManagementPolicy, value: OrderedReady}
        """
            .formatted(directory.relativize(Path.of("deploy/overlays/single").toAbsolutePath())));

    Said said = lint("", directory.toString());

    assertThat(said.exitCode()).as(said.toString()).isEqualTo(1);
    assertThat(said.out())
        .contains("StatefulSet kafka: ", "podManagementPolicy")
        .endsWith(directory + ": 1 thing is wrong\n");
  }

  @Test
  void yamlOfAnotherToolIsReadFromStandardInput() {
    assertThat(lint(shipped(), "-").out())
        .isEqualTo("standard input: all %d rules hold\n".formatted(Rules.ALL.size()));
  }

  @Test
  void otherKindsAndOtherStatefulSetsAreLeftAlone() {
    Said said =
        lint(
            shipped()
                + """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: passwords}
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: database}
                spec:
                  template:
                    spec:
                      containers: [{name: postgres}]
                """,
            "-");

    assertThat(said.out()).startsWith("note: no rule is about v1 Secret passwords\n");
    assertThat(said.exitCode()).as(said.toString()).isZero();
  }

  @Test
  void variablesFromSecretsAreNobodysBusiness() {
    String yaml =
        shipped()
            .replace(
                "envFrom:",
                """
                envFrom:
                        - secretRef: {name: more}\
                """
                    .strip());
    assertThat(yaml).contains("secretRef");

    assertThat(lint(yaml, "-").out()).doesNotContain("couldn't be checked", "null");
  }

  @Test
  void anObjectThatIsNamedAndIsNotThereIsNamed() {
    String yaml = shipped().replaceAll("(?s)kind: ConfigMap.*?\n---", "kind: Secret\n---");

    Said said = lint(yaml, "-");

    assertThat(said.exitCode()).as(said.toString()).isEqualTo(1);
    assertThat(said.out()).contains("there is no ConfigMap ").doesNotContain("Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a: [",
        "just words",
        "- 1",
        "apiVersion: v1\nkind: Service\nmetadata: {name: a}"
      })
  void whatIsNoneIsWrongUse(String yaml) {
    Said said = lint(yaml, "-");

    assertThat(said.exitCode()).as(said.toString()).isEqualTo(2);
    assertThat(said.err())
        .startsWith("lint-manifests: standard input: must ")
        .endsWith("; see scripts/lint-manifests --help\n")
        .doesNotContain("Exception");
  }

  @Test
  void whatKubernetesDoesNotTakeIsNamed() {
    Said said = lint(shipped().replace("podManagementPolicy:", "podManagmentPolicy:"), "-");

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.out()).contains("apps/v1 StatefulSet kafka: must be what Kubernetes takes");
  }

  @Test
  void foldersThatAreNoneAreNamed() {
    assertThat(lint("", "/no/such").err())
        .isEqualTo(
            "lint-manifests: /no/such: must be a folder with a kustomization.yaml, and isn't there; correct the name; see scripts/lint-manifests --help\n");
    assertThat(lint("", "pom.xml").err()).contains("and is a file");
    assertThat(lint("").exitCode()).isEqualTo(2);
    assertThat(lint("", "a", "b").err()).contains("takes one folder").contains("got 'a b'");
    assertThat(lint("", "--strict").err()).contains("got '--strict'");
  }

  @Test
  void aFolderThatIsNoOverlayIsNamed(@TempDir Path directory) {
    Kustomize.require();

    assertThat(lint("", directory.toString()).err())
        .contains("kustomization")
        .doesNotContain("\tat ");
  }
}
