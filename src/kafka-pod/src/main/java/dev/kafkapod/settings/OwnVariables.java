package dev.kafkapod.settings;

import dev.kafkapod.common.Nearest;
import dev.kafkapod.readiness.Condition;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The variables that kafka-pod's commands, agent and scripts read. Written down, because building
 * every command to ask for its options would make each start of a broker longer; a test holds the
 * list against the commands and the scripts.
 */
public final class OwnVariables {

  /** How they all begin. */
  public static final String PREFIX = EnvironmentVariable.of("");

  private static final Set<String> WRITTEN =
      Set.of(
          """
          AGENT ALL ALLOW_UNAVOIDABLE AOT BIND BOOTSTRAP BOOTSTRAP_CONTROLLER BOOTSTRAP_SERVER BROKERS BY CHECK
          CLASSPATH CLUSTER CLUSTER_ID COMMAND_CONFIG CONTROLLER_SITES DIMENSIONS DIRECT DOMAIN DRY_RUN EXCLUDE_TOPICS EXPLAIN FOR
          GATE HISTORY HOSTS_FILE HTTP IGNORE INITIAL_CONTROLLERS JMX_URL JVM_OPTIONS LATCHED LISTENER LOG_FORMAT MAX_OVERRIDE
          MAX_WAIT MESH_PORTS
          MOUNTED_DIR NODE_ID_BASE OUTPUT OVERRIDE_FILE PID POD_INFO POD_IP POD_NAME POD_NAMESPACE PRINT PROBE_TIMEOUT
          RACK REASON RENDER_TO RUN_DIR SCRAM_USERS_FILE SECRETS_DIR SERVER_CONFIG SERVICE STABLE_FOR TEMPLATE TEMPLATES
          STOP_TIME STRICT TIMEOUT TURNS TURNS_BOOTSTRAP_SERVER TURNS_TOPIC UNKNOWN_GRACE UNTIL WEDGED_AFTER WHEN ZONE
          """
              .strip()
              .split("\\s+"));

  private static final Set<String> KNOWN =
      Stream.concat(
              WRITTEN.stream(),
              Condition.countingPartitions().stream()
                  .map(it -> EnvironmentVariable.of("max-" + it.optionName()))
                  .map(it -> it.substring(PREFIX.length())))
          .collect(Collectors.toUnmodifiableSet());

  /** What the scripts tell each other, and what tests tell them. */
  private static final Set<String> INTERNAL =
      Set.of(
          "KEPT_JAVA_TOOL_OPTIONS",
          "KEPT_JDK_JAVA_OPTIONS",
          "KEPT__JAVA_OPTIONS",
          "SCORE",
          "STARTING",
          "TEST_ROOT");

  /** The downward API's, which other programs read under these names, too. */
  private static final Set<String> WITHOUT_PREFIX = Set.of("POD_NAME", "POD_NAMESPACE", "POD_IP");

  private OwnVariables() {}

  /** Whether something reads a variable, whose name begins with the {@link #PREFIX}. */
  public static boolean isRead(String variable) {
    String name = variable.substring(PREFIX.length());
    return KNOWN.contains(name) || INTERNAL.contains(name);
  }

  /** What was probably meant by a variable that nothing reads. */
  public static Optional<String> meant(String variable) {
    String name = variable.substring(PREFIX.length());
    String pods = "POD_" + name;
    // compared without the prefix, by which any two names would be alike
    return WITHOUT_PREFIX.contains(pods)
        ? Optional.of(pods)
        : Nearest.to(name, KNOWN).map(PREFIX::concat);
  }
}
