package dev.kafkapod.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One Kafka cluster in one or two namespaces, from its making to its removal. */
final class Stage implements AutoCloseable {

  /** On all that isn't in a namespace of ours. */
  static final String LABEL = "kafka-pod-e2e";

  private static final Duration START = Duration.ofMinutes(15);
  private static final Duration REMOVAL = Duration.ofMinutes(3);
  private static final Path GENERATED = Path.of("target/e2e");

  private final Kubectl kubectl;
  private final Server server;
  private final String image;
  private final Report report;
  private final List<Site> sites;
  private final List<Site> made = new ArrayList<>();
  private final List<Volumes> volumes = new ArrayList<>();
  private final List<PodWatch> watches = new ArrayList<>();
  private volatile boolean closed;

  Stage(Kubectl kubectl, Server server, String image, Report report, List<Site> sites) {
    this.kubectl = kubectl;
    this.server = server;
    this.image = image;
    this.report = report;
    this.sites = List.copyOf(sites);
  }

  Kubectl kubectl() {
    return kubectl;
  }

  Server server() {
    return server;
  }

  Report report() {
    return report;
  }

  /** Those with brokers. */
  List<Site> sites() {
    return sites.stream().filter(it -> it.brokers() > 0).toList();
  }

  /**
   * Makes the namespaces and all in them, and waits until every pod is ready.
   *
   * @throws CouldNotRun if a namespace exists already; it isn't touched
   */
  void deploy() {
    for (Site site : sites) {
      if (kubectl.run("get", "namespace", site.namespace()).ok()) {
        throw new CouldNotRun(
            "the namespace %s exists already, and isn't touched; name another one with --namespace, or delete it"
                .formatted(site.namespace()));
      }
    }
    for (Site site : sites) {
      make(site);
    }
    awaitReady();
  }

  /** Waits until the StatefulSets have all their pods, ready, with volumes for those that ask. */
  void awaitReady() {
    Waiting.until(
        "all pods to be ready",
        START,
        () -> {
          provideVolumes();
          return notReady();
        },
        List::isEmpty);
    report.event("all pods are ready");
  }

  /** Gives volumes to claims that wait for one, where nothing else does. */
  void provideVolumes() {
    requireOpen();
    volumes.forEach(Volumes::provide);
  }

  private synchronized void make(Site site) {
    requireOpen();
    kubectl.must("create", "namespace", site.namespace());
    made.add(site);
    kubectl.must("label", "namespace", site.namespace(), LABEL + "=" + site.namespace());
    watches.add(new PodWatch(kubectl, site.namespace(), report));
    volumes.add(new Volumes(kubectl, server, image, site.namespace()));
    Path directory = GENERATED.resolve(site.namespace());
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve("kustomization.yaml"),
          Kustomization.text(
              "../../../deploy/overlays/" + site.overlay(), site.namespace(), image, server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    report.event("deploying " + site.overlay() + " into namespace " + site.namespace());
    kubectl.must("apply", "-k", directory.toString());
  }

  /** On Ctrl-C what has been made is removed beside what still runs, which is to make no more. */
  private void requireOpen() {
    if (closed) {
      throw new CouldNotRun("interrupted");
    }
  }

  private List<String> notReady() {
    List<String> not = new ArrayList<>();
    for (Site site : made) {
      JsonNode sets = kubectl.json("-n", site.namespace(), "get", "statefulsets").path("items");
      for (JsonNode set : sets) {
        int ready = set.path("status").path("readyReplicas").asInt();
        int wanted = set.path("spec").path("replicas").asInt();
        if (ready < wanted) {
          not.add(
              "%s/%s %d of %d"
                  .formatted(
                      site.namespace(), set.path("metadata").path("name").asText(), ready, wanted));
        }
      }
    }
    return not;
  }

  /** Starts the load, for all sites' brokers together. */
  LoadPod load(String topic) {
    requireOpen();
    return LoadPod.start(
        kubectl,
        report,
        sites.get(0).namespace(),
        image,
        server.node(),
        topic,
        sites.stream().mapToInt(Site::brokers).sum());
  }

  /** The brokers' pods, from the beginning. */
  Timeline timeline() {
    return timeline(0);
  }

  /** The brokers' pods, from then on: first how they were then. */
  Timeline timeline(long sinceMillis) {
    List<String> sets = sites.stream().map(Site::set).toList();
    List<PodEvent> all =
        watches.stream()
            .flatMap(it -> it.events().stream())
            .filter(event -> sets.contains(event.set()))
            .sorted(Comparator.comparingLong(PodEvent::atMillis))
            .toList();
    List<PodEvent> before = all.stream().filter(it -> it.atMillis() < sinceMillis).toList();
    return new Timeline(
        Stream.concat(
                new Timeline(before).latest().values().stream(),
                all.stream().filter(it -> it.atMillis() >= sinceMillis))
            .toList());
  }

  /** How a broker's pod is now; without an uid, and gone, where there is none. */
  PodEvent pod(Site site, String name) {
    return timeline()
        .latest()
        .getOrDefault(
            site.set() + "/" + name,
            new PodEvent(0, site.set(), name, "", "", false, true, false, false, 0, ""));
  }

  /** Changes the pod template of a site's brokers, as a new image or a new setting would. */
  void changeTemplate(Site site, String value) {
    ObjectNode patch = Kubectl.JSON.createObjectNode();
    patch
        .putObject("spec")
        .putObject("template")
        .putObject("metadata")
        .putObject("annotations")
        .put(LABEL, value);
    report.event("pod template of " + site.set() + " changed");
    kubectl.must(
        "-n",
        site.namespace(),
        "patch",
        "statefulset",
        "kafka",
        "--type=merge",
        "-p",
        patch.toString());
  }

  /** Whether a site's rollout has come to its end, by the StatefulSet's own words. */
  boolean isRolled(Site site) {
    requireOpen();
    JsonNode set = kubectl.json("-n", site.namespace(), "get", "statefulset", "kafka");
    JsonNode status = set.path("status");
    int wanted = set.path("spec").path("replicas").asInt();
    return status.path("observedGeneration").asLong()
            == set.path("metadata").path("generation").asLong()
        && status.path("currentRevision").asText().equals(status.path("updateRevision").asText())
        && status.path("readyReplicas").asInt() == wanted;
  }

  /** The revision that a site's pods are to have. */
  String updateRevision(Site site) {
    return kubectl
        .json("-n", site.namespace(), "get", "statefulset", "kafka")
        .path("status")
        .path("updateRevision")
        .asText();
  }

  /** Removes what it has made, and nothing else. Can be called more than once, and from a hook. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    watches.forEach(PodWatch::close);
    for (int i = 0; i < made.size(); i++) {
      try {
        remove(made.get(i), volumes.size() > i ? volumes.get(i) : null);
      } catch (RuntimeException e) {
        report.event(
            "%s isn't removed wholly: %s; kubectl delete namespace %s, and kubectl delete pv -l %s=%s"
                .formatted(
                    made.get(i).namespace(),
                    e.getMessage(),
                    made.get(i).namespace(),
                    LABEL,
                    made.get(i).namespace()));
      }
    }
  }

  /**
   * Without the StatefulSets first, pods would come back; with their grace, they'd wait for each
   * other.
   */
  private void remove(Site site, Volumes its) {
    String namespace = site.namespace();
    kubectl.must("-n", namespace, "delete", "statefulset", "--all", "--cascade=orphan");
    kubectl.must(
        REMOVAL, "", List.of("-n", namespace, "delete", "pod", "--all", "--grace-period=1"));
    if (its != null) {
      its.remove();
    }
    kubectl.must(REMOVAL, "", List.of("delete", "namespace", namespace));
    report.event("namespace " + namespace + " removed");
  }
}
