package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.formatting.PeerLogin;
import dev.kafkapod.formatting.ScramUser;
import dev.kafkapod.formatting.ScramUsersFile;
import dev.kafkapod.nodeconfig.ProcessRoles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** The users with whom a new cluster begins; what the option says where a cluster isn't new. */
final class ScramUsersOption {

  private final OptionSpec spec =
      Options.option("--scram-users-file", "FILE", Path.class)
          .description(
              "File with the SCRAM users of a new cluster, one on each line: NAME=PASSWORD, or the form of"
                  + " kafka-storage.sh --add-scram. Only the first controllers of a new cluster are formatted with"
                  + " them.")
          .build();

  OptionSpec spec() {
    return spec;
  }

  /**
   * The users; none where no file is named.
   *
   * @param setting what names the file, for messages
   * @throws Misconfigured if anything is wrong with the file, or if this node can't log in to its
   *     peers with what is in it
   */
  List<ScramUser> read(String setting, PeerLogin login) {
    Path file = spec.getValue();
    if (file == null) {
      return List.of();
    }
    List<ScramUser> users = ScramUsersFile.read(setting, file);
    login
        .objection(users)
        .ifPresent(
            it -> {
              throw new Misconfigured("%s: %s: %s".formatted(setting, file, it));
            });
    return users;
  }

  /** {@code , with the SCRAM users alice, bob}; nothing if there are none. */
  static String names(List<ScramUser> users) {
    return users.isEmpty()
        ? ""
        : users.stream()
            .map(ScramUser::name)
            .distinct()
            .collect(Collectors.joining(", ", ", with the SCRAM users ", ""));
  }

  /** Why the file isn't read where no cluster begins, and what to do instead. */
  Optional<String> noteWhatCounts(Map<String, String> properties) {
    if (spec.getValue() == null) {
      return Optional.empty();
    }
    ProcessRoles roles = ProcessRoles.of(properties);
    if (!roles.named()) {
      return Optional.of(
          "note: KAFKA_POD_SCRAM_USERS_FILE is not for ZooKeeper mode; before the first start, add each user with kafka-configs.sh --zookeeper HOST:PORT --alter --entity-type users --entity-name NAME --add-config-file FILE, where FILE has a line SCRAM-SHA-512=password=PASSWORD");
    }
    return Optional.of(
        roles.controller()
            ? "note: KAFKA_POD_SCRAM_USERS_FILE is not read, because only the first controllers of a new cluster are formatted with users; add or change one with kafka-configs.sh --bootstrap-server HOST:PORT --command-config /run/kafka-pod/config/client.properties --alter --entity-type users --entity-name NAME --add-config-file FILE, where FILE has a line SCRAM-SHA-512=password=PASSWORD"
            : "note: KAFKA_POD_SCRAM_USERS_FILE is not read on a broker, which gets the users from the controllers; set it on those");
  }
}
