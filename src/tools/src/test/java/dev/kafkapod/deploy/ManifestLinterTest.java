package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: None}",
        "a: &a [x]\nb: [*a, *a]",
        "replicas: {{ .Values.replicas }}",
        "\tkind: Service",
        "---\n---\n...\n",
        "kind: Service\nkind: ConfigMap",
        "\0\0\0"
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

  @Test
  void aMalformedSecretIsNotShown() {
    Said said = lint("kind: Secret\nstringData:\n  password: @s3cret\n", "-");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("(line 3, column 13)").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind: StatefulSet\nmetadata: {name: a}",
        "kind: StatefulSet\nmetadata: {name: a}\nspec: {template: {}}",
        "kind: StatefulSet\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {a: b}}, spec: {containers: [null]}}}",
        "kind: StatefulSet\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {a: b}}, spec: {containers: [{image: a}]}}}",
        "kind: StatefulSet\nmetadata: null",
        "kind: StatefulSet\nmetadata: {name: a}\nspec: {replicas: 2000000000, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: kafka, image: a}]}}}",
        "kind: StatefulSet\nmetadata: {name: a}\nspec: {replicas: -1, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: kafka, image: a}]}}}"
      })
  void whatKubernetesRefusesAnObjectWithoutIsNamed(String set) {
    Said said = lint(shipped() + "\n---\napiVersion: apps/v1\n" + set, "-");

    assertThat(said.exitCode()).as(said.toString()).isEqualTo(1);
    assertThat(said.out())
        .contains(": must be what Kubernetes takes, got: ")
        .doesNotContain("Cannot invoke", "couldn't be checked");
  }

  @Test
  void aListOfObjectsIsReadAsKubectlPrintsIt() {
    String list =
        "apiVersion: v1\nkind: List\nitems:\n- "
            + Pattern.compile("\n---\n")
                .splitAsStream(shipped().strip())
                .map(it -> it.replace("\n", "\n  "))
                .collect(Collectors.joining("\n- "));

    assertThat(lint(list, "-").out()).endsWith("rules hold\n");
    assertThat(lint(list.replace("Parallel", "OrderedReady"), "-").out())
        .contains("podManagementPolicy must be Parallel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps/v1 Deployment", "apps/v1beta1 StatefulSet", "apps/v1 statefulset"})
  void brokersInAnotherKindAreNotOverlooked(String kind) {
    String[] words = kind.split(" ", -1);
    Said said =
        lint(
            shipped()
                + """
                ---
                apiVersion: %s
                kind: %s
                metadata: {name: more}
                spec: {template: {spec: {containers: [{name: kafka}]}}}
                """
                    .formatted(words[0], words[1]),
            "-");

    assertThat(said.exitCode()).as(said.toString()).isEqualTo(1);
    assertThat(said.out())
        .contains(kind + " more: a Kafka node must run in an apps/v1 StatefulSet");
  }

  @Test
  void aBrokersContainerOfAnotherNameIsNotOverlooked() {
    Said said = lint(shipped().replaceFirst("(?m)^        name: kafka$", "        name: b"), "-");

    assertThat(said.exitCode()).as(said.toString()).isEqualTo(1);
    assertThat(said.out()).contains("container must be named kafka", "got b; rename it");
  }

  @Test
  void otherProgramsServicesAndBudgetsAreLeftAlone() {
    Said said =
        lint(
            shipped()
                + """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {template: {metadata: {labels: {app: web}}}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
                ---
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: web}
                spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
                """,
            "-");

    assertThat(said.exitCode()).as(said.toString()).isZero();
  }

  @Test
  void whatIsTooLongIsNotRead() {
    assertThat(lint("#".repeat((16 << 20) + 1), "-").err()).contains("must be at most 16 MiB");
  }
}
