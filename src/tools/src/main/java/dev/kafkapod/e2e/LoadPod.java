package dev.kafkapod.e2e;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafkapod.e2e.load.LoadLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Runs the producer and the consumer in a pod beside the brokers, because only there are the
 * brokers' addresses reached whatever the cluster.
 */
final class LoadPod {

  private static final String JAR = "kafka-pod-e2e-load";
  private static final String STOP = "/tmp/stop";
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration END = Duration.ofMinutes(4);
  private static final List<String> CLASSES =
      List.of("dev/kafkapod/e2e/load", "dev/kafkapod/tryout");

  private final Kubectl kubectl;
  private final String namespace;
  private final String name;
  private final Report report;
  private final AtomicLong acknowledged = new AtomicLong();

  private LoadPod(Kubectl kubectl, String namespace, String name, Report report) {
    this.kubectl = kubectl;
    this.namespace = namespace;
    this.name = name;
    this.report = report;
  }

  /**
   * Starts it, and waits until messages flow.
   *
   * @param topic also names the pod
   */
  static LoadPod start(
      Kubectl kubectl,
      Report report,
      String namespace,
      String image,
      String node,
      String topic,
      int brokers) {
    LoadPod load = new LoadPod(kubectl, namespace, "load-" + topic, report);
    load.provideJar();
    ObjectNode pod = pod(namespace, load.name, image, node);
    ArrayNode command =
        ((ObjectNode) pod.path("spec").path("containers").path(0)).putArray("command");
    String bootstrap =
        String.join(
            ",",
            Stream.iterate(0, it -> it + 1)
                .limit(brokers)
                .map(it -> "127.0.0." + (it + 10) + ":19090")
                .toList());
    List.of(
            "sh",
            "-c",
            "exec ${JAVA_HOME:+$JAVA_HOME/bin/}java -Xmx128m -cp \"/load/load.jar:/opt/kafka/libs/*\" dev.kafkapod.e2e.load.Load \"$@\"",
            "load",
            bootstrap,
            topic,
            "12",
            brokers == 6 ? "6" : "3",
            brokers == 6 ? "3" : "2",
            "10",
            STOP)
        .forEach(command::add);
    kubectl.must(Kubectl.USUALLY, pod.toString(), List.of("create", "-f", "-"));
    Waiting.until("the load's pod to run", START, load::phase, it -> it.equals("Running"));
    Thread follower = new Thread(load::follow, "load-log");
    follower.setDaemon(true);
    follower.start();
    Waiting.until(
        "the first 100 messages to be acknowledged", START, load.acknowledged::get, it -> it > 100);
    report.event("messages flow, acks=all, to topic " + topic);
    return load;
  }

  private String phase() {
    return kubectl.phase(namespace, name);
  }

  private void provideJar() {
    if (kubectl.run("-n", namespace, "get", "configmap", JAR).ok()) {
      return;
    }
    try {
      Path jar = Files.createTempFile("load", ".jar");
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file)) {
        for (String folder : CLASSES) {
          Path classes = Path.of("src/tools/target/classes", folder);
          try (Stream<Path> files = Files.list(classes)) {
            for (Path each : files.filter(it -> it.toString().endsWith(".class")).toList()) {
              out.putNextEntry(new JarEntry(folder + "/" + each.getFileName()));
              out.write(Files.readAllBytes(each));
            }
          }
        }
      }
      kubectl.must("-n", namespace, "create", "configmap", JAR, "--from-file=load.jar=" + jar);
      Files.delete(jar);
    } catch (IOException e) {
      throw new CouldNotRun("the load's classes can't be read: " + e);
    }
  }

  private static ObjectNode pod(String namespace, String name, String image, String node) {
    ObjectNode pod = Kubectl.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name).put("namespace", namespace);
    ObjectNode spec = pod.putObject("spec").put("restartPolicy", "Never");
    spec.put("nodeName", node).put("hostNetwork", true).put("enableServiceLinks", false);
    spec.put("automountServiceAccountToken", false).put("terminationGracePeriodSeconds", 5);
    ObjectNode container = spec.putArray("containers").addObject().put("name", "load");
    container.put("image", image).put("imagePullPolicy", "IfNotPresent");
    container.putArray("volumeMounts").addObject().put("name", "load").put("mountPath", "/load");
    spec.putArray("volumes")
        .addObject()
        .put("name", "load")
        .putObject("configMap")
        .put("name", JAR);
    return pod;
  }

  /** Shows what changes, as it comes. What counts is read from the whole log in the end. */
  private void follow() {
    Process logs = kubectl.start("-n", namespace, "logs", "-f", name);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(logs.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        LoadLine.parse(line).ifPresent(this::show);
      }
    } catch (IOException e) {
      // it is over
    } finally {
      logs.destroy();
    }
  }

  private void show(LoadLine line) {
    if (line instanceof LoadLine.Look look) {
      report.event(look.at(), look.describe());
    } else if (line instanceof LoadLine.Trouble trouble) {
      report.event(trouble.at(), "SEND OR READ FAILED: " + trouble.why());
    } else if (line instanceof LoadLine.Sends sends) {
      acknowledged.set(sends.acknowledged());
    }
  }

  /** Stops it, and tells all that it has seen. */
  List<LoadLine> stop() {
    kubectl.must("-n", namespace, "exec", name, "--", "touch", STOP);
    Waiting.until("the load's pod to end", END, this::phase, it -> it.matches("Succeeded|Failed"));
    List<LoadLine> lines =
        kubectl
            .must("-n", namespace, "logs", name)
            .lines()
            .map(LoadLine::parse)
            .flatMap(Optional::stream)
            .toList();
    kubectl.must("-n", namespace, "delete", "pod", name, "--wait=false");
    return lines;
  }
}
