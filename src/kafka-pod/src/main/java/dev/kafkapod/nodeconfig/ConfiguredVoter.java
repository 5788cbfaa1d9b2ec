package dev.kafkapod.nodeconfig;

import dev.kafkapod.common.Address;
import dev.kafkapod.common.NodeNumber;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A voter as {@code controller.quorum.voters} names it, ID@HOST:PORT (org.apache.kafka.raft
 * .QuorumConfig.parseVoterConnections).
 */
public record ConfiguredVoter(int id, Address address) {

  public ConfiguredVoter {
    Objects.requireNonNull(address);
  }

  /** Reads one; empty if it is written otherwise. */
  public static Optional<ConfiguredVoter> of(String text) {
    int at = text.indexOf('@');
    if (at < 0 || !text.substring(0, at).equals(text.substring(0, at).trim())) {
      return Optional.empty();
    }
    OptionalInt id = NodeNumber.of(text.substring(0, at));
    return id.isEmpty()
        ? Optional.empty()
        : Address.read(text.substring(at + 1)).map(it -> new ConfiguredVoter(id.getAsInt(), it));
  }

  /** The voter with a node id in a list of them; empty if there is none that can be read. */
  public static Optional<ConfiguredVoter> in(String voters, OptionalInt id) {
    return KafkaList.of(voters).stream()
        .flatMap(it -> of(it).stream())
        .filter(it -> id.isPresent() && it.id() == id.getAsInt())
        .findFirst();
  }
}
