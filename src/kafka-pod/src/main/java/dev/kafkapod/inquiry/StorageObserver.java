package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Pause;
import dev.kafkapod.brokerconfig.NodeConfig;
import dev.kafkapod.cluster.Controllers;
import dev.kafkapod.common.Address;
import dev.kafkapod.formatting.StorageTool;
import dev.kafkapod.nodeconfig.DiskReader;
import dev.kafkapod.storage.BrokerRegistration;
import dev.kafkapod.storage.ControllerReply;
import dev.kafkapod.storage.Decision;
import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.InitialController;
import dev.kafkapod.storage.Node;
import dev.kafkapod.storage.StoragePolicy;
import dev.kafkapod.storage.StorageState;
import dev.kafkapod.storage.Voters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the disks, and asks the other controllers as often as their answers could still change
 * the decision: a sidecar or a name that isn't there yet must not make a living cluster look new,
 * nor a follower that is about to catch up make it look broken.
 */
public final class StorageObserver {

  /** How long a controller may take for an answer: a container's start is short of CPU. */
  private static final Duration ONE_ANSWER = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(300);

  private final NodeConfig config;
  private final Path configFile;
  private final List<InitialControllerText> initialControllers;
  private final Optional<String> clusterId;
  private final boolean mayBootstrap;

  /**
   * An observer of one node.
   *
   * @param configFile where the configuration is from
   * @param initialControllers with whom a new cluster of dynamic voters begins
   */
  public StorageObserver(
      NodeConfig config,
      Path configFile,
      List<InitialControllerText> initialControllers,
      Optional<String> clusterId,
      boolean mayBootstrap) {
    this.config = config;
    this.configFile = configFile;
    this.initialControllers = List.copyOf(initialControllers);
    this.clusterId = clusterId;
    this.mayBootstrap = mayBootstrap;
  }

  /** What is to be done, known by the deadline or a few seconds later. */
  public Decision decide(Deadline deadline) {
    List<Directory> directories = DiskReader.read(config.directories());
    Optional<Decision> ofDisks =
        StoragePolicy.decideByDisks(
            storageState(directories, List.of(), BrokerRegistration.UNKNOWN));
    if (ofDisks.isPresent()) {
      return ofDisks.get();
    }
    Optional<String> cluster =
        StoragePolicy.clusterId(storageState(directories, List.of(), BrokerRegistration.UNKNOWN));
    config
        .lacksLogin()
        .ifPresent(
            it -> {
              throw it;
            });
    Controllers controllers =
        new Controllers(addresses(), config.security(), config.credentials(), cluster, ONE_ANSWER);
    boolean first = true;
    boolean loading = false;
    while (true) {
      List<ControllerReply> replies = controllers.ask();
      Decision decision =
          StoragePolicy.decide(
              storageState(directories, replies, registration(controllers, replies)));
      if (!loading && decision instanceof Decision.FormatDisks && decision.isProvisional()) {
        StorageTool.loadInBackground(configFile);
        loading = true;
      }
      boolean late = deadline.remaining().compareTo(PAUSE) <= 0;
      // a controller that is just starting may be slow once, and longer than the time that there is
      boolean doubtful = first && decision instanceof Decision.Undecided;
      if (!decision.isProvisional() || (late && !doubtful) || !Pause.of(PAUSE)) {
        return decision;
      }
      first = false;
    }
  }

  private BrokerRegistration registration(Controllers controllers, List<ControllerReply> replies) {
    if (!config.roles().contains("broker")) {
      return BrokerRegistration.UNREGISTERED;
    }
    BrokerRegistration answer = controllers.registration(config.nodeId(), replies);
    // controllers have settings, too, whether or not they are registered as brokers
    return answer == BrokerRegistration.KNOWN && config.roles().contains("controller")
        ? BrokerRegistration.UNKNOWN
        : answer;
  }

  /** Some may be named only among the first controllers. */
  List<Address> addresses() {
    Set<Address> addresses = new LinkedHashSet<>(config.otherControllers());
    for (InitialControllerText controller : initialControllers) {
      if (controller.id() != config.nodeId()) {
        addresses.add(controller.address());
      } else {
        addresses.removeIf(controller.address()::isSameAs);
      }
    }
    return List.copyOf(addresses);
  }

  private List<InitialController> first() {
    return initialControllers.stream().map(it -> it.in(clusterId.orElse(""))).toList();
  }

  private StorageState storageState(
      List<Directory> directories, List<ControllerReply> replies, BrokerRegistration registration) {
    return new StorageState(
        new Node(
            config.nodeId(),
            config.roles().contains("broker"),
            config.roles().contains("controller"),
            configFile.toString(),
            config.timeouts().quorumFetch()),
        directories,
        config.staticVoters()
            ? new Voters.Static()
            : new Voters.Dynamic(first(), config.joinsByItself()),
        clusterId,
        mayBootstrap,
        replies,
        registration);
  }
}
