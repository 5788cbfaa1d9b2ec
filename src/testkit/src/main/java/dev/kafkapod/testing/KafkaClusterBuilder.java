package dev.kafkapod.testing;

import dev.kafkapod.testing.ServerProperties.Address;
import dev.kafkapod.testing.ServerProperties.BrokerAddresses;
import dev.kafkapod.testing.ServerProperties.Voter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Says what a {@link KafkaCluster} shall be like, then starts it. What is not said: three brokers,
 * one controller in a process of its own, free ports on 127.0.0.1, PLAINTEXT.
 */
public final class KafkaClusterBuilder {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int FIRST_CONTROLLER = 100;
  private static final List<String> SERVER_FLAGS =
      List.of(
          "-Xmx1G",
          "-Xms1G",
          "-server",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent");

  private static final String LOG4J =
      """
      status = warn
      appender.stdout.type = Console
      appender.stdout.name = stdout
      appender.stdout.layout.type = PatternLayout
      appender.stdout.layout.pattern = [%d] %p %m (%c)%n
      rootLogger.level = info
      rootLogger.appenderRef.stdout.ref = stdout
      """;

  private final boolean zooKeeper;
  private String version;
  private int brokers = 3;
  private int controllers = 1;
  private boolean combined;
  private int logDirectories = 1;
  private String host = LOOPBACK;
  private int firstPort;
  private final Map<String, String> config = new LinkedHashMap<>();
  private final List<String> left = new ArrayList<>();
  private final Map<Integer, Map<String, String>> brokerConfig = new TreeMap<>();
  private final Map<Integer, List<String>> jvmOptions = new TreeMap<>();
  private final Map<Integer, Map<String, String>> environment = new TreeMap<>();
  private final Map<String, Integer> features = new TreeMap<>();
  private String heap;
  private boolean proxied;
  private boolean saslSsl;
  private boolean serverFlags;
  private Path newArchive;

  KafkaClusterBuilder(boolean zooKeeper, String version) {
    this.zooKeeper = zooKeeper;
    this.version = version;
  }

  /** The Kafka version, for example 3.9.2; {@code scripts/kafka-libs} must have fetched it. */
  public KafkaClusterBuilder version(String kafkaVersion) {
    version = kafkaVersion;
    return this;
  }

  /** How many brokers; their ids are 0, 1, 2 and so on. */
  public KafkaClusterBuilder brokers(int n) {
    brokers = n;
    return this;
  }

  /** How many controllers in processes of their own; their ids are 100, 101 and so on. */
  public KafkaClusterBuilder controllers(int n) {
    controllers = n;
    return this;
  }

  /** Makes every broker a controller too, instead of having separate ones. */
  public KafkaClusterBuilder combined() {
    combined = true;
    return this;
  }

  /**
   * Fixes where clients reach the brokers: broker N at firstPort + N.
   *
   * @param loopback for example 127.0.0.5
   */
  public KafkaClusterBuilder addresses(String loopback, int firstPort) {
    this.host = loopback;
    this.firstPort = firstPort;
    return this;
  }

  /**
   * How many log directories each broker has: {@code data} and, with more than one, {@code data-1}
   * and so on in the broker's {@link KafkaNode#directory()}.
   */
  public KafkaClusterBuilder logDirectories(int n) {
    logDirectories = n;
    return this;
  }

  /** A line of server.properties for all brokers and controllers; wins over the fixture's own. */
  public KafkaClusterBuilder config(String key, String value) {
    config.put(key, value);
    return this;
  }

  /** Leaves out lines of server.properties that the fixture would write by itself. */
  public KafkaClusterBuilder without(String... keys) {
    left.addAll(List.of(keys));
    return this;
  }

  /** A line of server.properties for one broker; wins over {@link #config}. */
  public KafkaClusterBuilder brokerConfig(int id, String key, String value) {
    brokerConfig.computeIfAbsent(id, i -> new LinkedHashMap<>()).put(key, value);
    return this;
  }

  /** Options for one broker's JVM, or a controller's, such as a {@code -javaagent}. */
  public KafkaClusterBuilder brokerJvmOptions(int id, String... options) {
    jvmOptions.computeIfAbsent(id, i -> new ArrayList<>()).addAll(List.of(options));
    return this;
  }

  /**
   * An environment variable of one broker's process, or a controller's, which inherits no {@code
   * KAFKA_…} of ours.
   */
  public KafkaClusterBuilder brokerEnvironment(int id, String name, String value) {
    environment.computeIfAbsent(id, i -> new LinkedHashMap<>()).put(name, value);
    return this;
  }

  /**
   * The level of a feature at format time, for example {@code eligible.leader.replicas.version} 0.
   */
  public KafkaClusterBuilder feature(String name, int level) {
    features.put(name, level);
    return this;
  }

  /**
   * The largest heap of each broker and controller, as after {@code -Xmx}; 256m and 128m unless
   * set. Thousands of partitions need more.
   */
  public KafkaClusterBuilder heap(String xmx) {
    heap = xmx;
    return this;
  }

  /**
   * Gives brokers and controllers the JVM flags of kafka-run-class.sh and kafka-server-start.sh,
   * heap of 1 GB included, instead of those that start with the least work: where costs are
   * measured.
   */
  public KafkaClusterBuilder serverFlags() {
    serverFlags = true;
    return this;
  }

  /**
   * Lets brokers reach the controllers only through proxies, a set for each broker, so that {@link
   * KafkaCluster#cutOffFromControllers} can cut one off.
   */
  public KafkaClusterBuilder controllersBehindProxy() {
    proxied = true;
    return this;
  }

  /**
   * Makes clients use SASL_SSL (PLAIN), and the cluster authorize: user {@code admin} may do
   * everything, user {@code probe} nothing until a test grants it something. Brokers and
   * controllers talk to each other in PLAINTEXT, through listeners of their own.
   */
  public KafkaClusterBuilder saslSsl() {
    saslSsl = true;
    return this;
  }

  KafkaClusterBuilder archiveClassesTo(Path file) {
    newArchive = file;
    return this;
  }

  /**
   * Formats storage, starts all nodes and waits until each runs and all brokers are registered.
   *
   * @throws IllegalArgumentException if what was asked for is contradictory; the message has every
   *     contradiction
   * @throws IllegalStateException if the cluster doesn't come up; the message has the end of each
   *     node's log, and the directory is kept
   */
  public KafkaCluster start() {
    requireConsistency();
    if (firstPort != 0) {
      for (int id = 0; id < brokers; id++) {
        FreePorts.require(host, firstPort + id);
      }
    }
    KafkaDistribution distribution = KafkaDistribution.of(version);
    List<String> archive =
        newArchive == null
            ? ClassDataArchive.of(distribution).stream()
                .map(file -> "-XX:SharedArchiveFile=" + file)
                .toList()
            : List.of("-XX:ArchiveClassesAtExit=" + newArchive);
    Construction construction = new Construction(distribution, archive);
    KafkaCluster cluster;
    try {
      cluster = construction.cluster();
    } catch (IOException | RuntimeException e) {
      construction.proxies.values().forEach(list -> list.forEach(TcpProxy::close));
      throw new IllegalStateException(
          "the cluster in %s was not started: %s".formatted(construction.directory, e.getMessage()),
          e);
    }
    return cluster.up();
  }

  private void requireConsistency() {
    List<String> problems = new ArrayList<>();
    if (brokers < 1) {
      problems.add("brokers: must be 1 or more, got " + brokers);
    }
    if (controllers < 1) {
      problems.add("controllers: must be 1 or more, got " + controllers);
    }
    if (logDirectories < 1) {
      problems.add("logDirectories: must be 1 or more, got " + logDirectories);
    }
    if (combined && proxied) {
      problems.add(
          "controllersBehindProxy: a combined broker reaches its own controller without a network;"
              + " leave out combined()");
    }
    if (zooKeeper && (combined || proxied || !features.isEmpty())) {
      problems.add("zookeeper: has no combined(), controllersBehindProxy() or feature()");
    }
    if (serverFlags && heap != null) {
      problems.add("heap: serverFlags() has its own; leave out one");
    }
    TreeSet<Integer> configured = new TreeSet<>(jvmOptions.keySet());
    configured.addAll(environment.keySet());
    if (!zooKeeper && !combined) {
      configured.removeIf(id -> id >= FIRST_CONTROLLER && id < FIRST_CONTROLLER + controllers);
    }
    configured.addAll(brokerConfig.keySet());
    for (int id : configured) {
      if (id < 0 || id >= brokers) {
        problems.add("broker settings: ids go from 0 to %d, got %d".formatted(brokers - 1, id));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** One cluster in the making: what {@link #start()} decides on its way. */
  private final class Construction {
    private final KafkaDistribution distribution;
    private final List<String> archive;
    private final Path directory;
    private final SaslSsl security;
    private final List<BrokerAddresses> brokerAddresses = new ArrayList<>();
    private final List<Voter> voters = new ArrayList<>();
    private final Map<Integer, List<TcpProxy>> proxies = new HashMap<>();
    private final Address zooKeeperAddress;
    private final ServerProperties properties;

    Construction(KafkaDistribution distribution, List<String> archive) {
      this.distribution = distribution;
      this.archive = archive;
      directory = createDirectory();
      security = saslSsl ? new SaslSsl(directory.resolve("security"), host) : null;
      for (int id = 0; id < brokers; id++) {
        int port = firstPort == 0 ? FreePorts.find(host) : firstPort + id;
        brokerAddresses.add(
            new BrokerAddresses(id, new Address(host, port), saslSsl ? freeAddress(host) : null));
      }
      zooKeeperAddress = zooKeeper ? freeAddress(LOOPBACK) : null;
      if (!zooKeeper) {
        int first = combined ? 0 : FIRST_CONTROLLER;
        int number = combined ? brokers : controllers;
        for (int id = first; id < first + number; id++) {
          voters.add(
              new Voter(
                  id,
                  new Address(proxied ? controllerName(id) : LOOPBACK, FreePorts.find(LOOPBACK))));
        }
      }
      properties = new ServerProperties(brokerAddresses, voters, zooKeeperAddress, security);
    }

    KafkaCluster cluster() throws IOException {
      Files.writeString(log4j(), LOG4J);
      String clusterId = Uuid.randomUuid().toString();
      List<KafkaNode> controllerNodes = new ArrayList<>();
      List<KafkaNode> brokerNodes = new ArrayList<>();
      if (!combined) {
        for (Voter voter : voters) {
          controllerNodes.add(controller(voter, clusterId));
        }
      }
      for (BrokerAddresses broker : brokerAddresses) {
        brokerNodes.add(broker(broker, clusterId));
      }
      return new KafkaCluster(
          distribution,
          directory,
          brokerNodes,
          combined ? brokerNodes : controllerNodes,
          zooKeeper ? zooKeeperNode() : null,
          proxies,
          security);
    }

    private KafkaNode controller(Voter voter, String clusterId) throws IOException {
      String name = controllerName(voter.id());
      Path home = Files.createDirectory(directory.resolve(name));
      Map<String, String> content = properties.node(voter.id(), home.resolve("data"));
      content.putAll(config);
      Path file = configure(home, content, clusterId);
      List<String> options = new ArrayList<>(jvmOptions.getOrDefault(voter.id(), List.of()));
      if (proxied) {
        options.add(hosts(home, LOOPBACK));
      }
      int jmxPort = FreePorts.find(LOOPBACK);
      return new KafkaNode(
          new KafkaNode.Spec(
              KafkaNode.Role.CONTROLLER,
              name,
              voter.id(),
              LOOPBACK,
              voter.address().port(),
              voter.address().port(),
              jmxPort,
              home,
              java("128m", jmxPort, options, "kafka.Kafka", file),
              environment.getOrDefault(voter.id(), Map.of())));
    }

    private KafkaNode broker(BrokerAddresses broker, String clusterId) throws IOException {
      int id = broker.id();
      String name = "broker-" + id;
      Path home = Files.createDirectory(directory.resolve(name));
      Map<String, String> content = properties.node(id, home.resolve("data"));
      content.merge(
          "log.dirs",
          IntStream.range(1, logDirectories)
              .mapToObj(n -> "," + home.resolve("data-" + n))
              .collect(Collectors.joining()),
          String::concat);
      content.keySet().removeAll(left);
      content.putAll(config);
      content.putAll(brokerConfig.getOrDefault(id, Map.of()));
      Path file = configure(home, content, clusterId);
      List<String> options = new ArrayList<>(jvmOptions.getOrDefault(id, List.of()));
      if (proxied) {
        options.add(hosts(home, proxies(id)));
      }
      int jmxPort = FreePorts.find(LOOPBACK);
      return new KafkaNode(
          new KafkaNode.Spec(
              KafkaNode.Role.BROKER,
              name,
              id,
              host,
              broker.client().port(),
              (saslSsl ? broker.internal() : broker.client()).port(),
              jmxPort,
              home,
              java("256m", jmxPort, options, "kafka.Kafka", file),
              environment.getOrDefault(id, Map.of())));
    }

    private KafkaNode zooKeeperNode() throws IOException {
      Path home = Files.createDirectory(directory.resolve("zookeeper"));
      Path file = home.resolve("zookeeper.properties");
      PropertiesFile.write(
          file, ServerProperties.zooKeeper(zooKeeperAddress, home.resolve("data")));
      int jmxPort = FreePorts.find(LOOPBACK);
      return new KafkaNode(
          new KafkaNode.Spec(
              KafkaNode.Role.ZOOKEEPER,
              "zookeeper",
              -1,
              LOOPBACK,
              zooKeeperAddress.port(),
              zooKeeperAddress.port(),
              jmxPort,
              home,
              java(
                  "128m",
                  jmxPort,
                  List.of("-Dzookeeper.jmx.log4j.disable=true"),
                  "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                  file),
              Map.of()));
    }

    /** Writes server.properties and formats the log directory that it names. */
    private Path configure(Path home, Map<String, String> content, String clusterId) {
      Path file = home.resolve("server.properties");
      PropertiesFile.write(file, content);
      if (!zooKeeper) {
        List<String> format =
            new ArrayList<>(List.of("format", "-t", clusterId, "-c", file.toString()));
        features.forEach((name, level) -> format.addAll(List.of("--feature", name + "=" + level)));
        distribution.storageTool(format.toArray(String[]::new));
      }
      return file;
    }

    /**
     * The proxies of one broker listen on a loopback address of its own, on the ports that the
     * controllers have on theirs. So the address of a controller is a name and a port that are the
     * same for all; only the name leads elsewhere. Anything less would be bypassed: brokers learn
     * the controllers' addresses from the quorum, too.
     */
    private String proxies(int broker) {
      String address = "127.0.1." + (broker + 1);
      proxies.put(
          broker,
          voters.stream()
              .map(
                  voter -> {
                    int port = voter.address().port();
                    return new TcpProxy(address, port, LOOPBACK, port);
                  })
              .toList());
      return address;
    }

    /** Tells one JVM, by a file of its own, where the controllers' names lead. */
    private String hosts(Path home, String address) throws IOException {
      StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
      voters.forEach(
          voter ->
              lines.append(address).append(' ').append(controllerName(voter.id())).append('\n'));
      Path file = Files.writeString(home.resolve("hosts"), lines);
      return "-Djdk.net.hosts.file=" + file;
    }

    private List<String> java(
        String defaultHeap, int jmxPort, List<String> options, String mainClass, Path file) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      if (serverFlags) {
        command.addAll(SERVER_FLAGS);
      } else {
        command.add("-Xmx" + (heap == null ? defaultHeap : heap));
        // The collector and the compiler that start with the least work.
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
      }
      command.addAll(archive);
      // An archive that fits only in part, as with an agent, is no error worth a line in the log.
      command.add("-Xlog:cds=off");
      command.add("-Dlog4j2.configurationFile=" + log4j());
      command.add("-Djava.awt.headless=true");
      command.add("-Dcom.sun.management.jmxremote.host=" + LOOPBACK);
      command.add("-Dcom.sun.management.jmxremote.port=" + jmxPort);
      command.add("-Dcom.sun.management.jmxremote.rmi.port=" + jmxPort);
      command.add("-Dcom.sun.management.jmxremote.authenticate=false");
      command.add("-Dcom.sun.management.jmxremote.ssl=false");
      command.add("-Djava.rmi.server.hostname=" + LOOPBACK);
      command.addAll(options);
      command.add("-cp");
      command.add(distribution.classPath());
      command.add(mainClass);
      command.add(file.toString());
      return command;
    }

    private Path createDirectory() {
      try {
        Path clusters = Files.createDirectories(Path.of("target", "clusters").toAbsolutePath());
        return Files.createTempDirectory(
            clusters, (zooKeeper ? "zookeeper-" : "kraft-") + version + "-");
      } catch (IOException e) {
        throw new UncheckedIOException("could not make a directory for the cluster", e);
      }
    }

    private Path log4j() {
      return directory.resolve("log4j2.properties");
    }

    private static String controllerName(int id) {
      return "controller-" + id;
    }

    private static Address freeAddress(String address) {
      return new Address(address, FreePorts.find(address));
    }
  }
}
