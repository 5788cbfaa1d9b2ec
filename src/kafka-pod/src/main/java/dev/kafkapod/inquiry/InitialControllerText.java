package dev.kafkapod.inquiry;

import dev.kafkapod.common.Address;
import dev.kafkapod.formatting.DirectoryIds;
import dev.kafkapod.nodeconfig.ConfiguredVoter;
import dev.kafkapod.storage.InitialController;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the first controllers as it is written: {@code 1@host:9093}, perhaps with {@code
 * :DIRECTORY-ID}.
 */
public record InitialControllerText(int id, Address address, Optional<String> directoryId) {

  private static final Pattern FORM =
      Pattern.compile("(?<voter>.+?:\\d+)(?::(?<directory>[A-Za-z0-9_-]{22}))?");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with the rule, if it is written otherwise
   */
  public static InitialControllerText of(String value) {
    Matcher matcher = FORM.matcher(value.strip());
    Optional<ConfiguredVoter> voter =
        matcher.matches() ? ConfiguredVoter.of(matcher.group("voter")) : Optional.empty();
    if (voter.isEmpty()) {
      throw new IllegalArgumentException(
          "must be ID@HOST:PORT, perhaps with :DIRECTORY-ID, got '%s'; write for example 0@kafka-0.kafka:9093"
              .formatted(value));
    }
    return new InitialControllerText(
        voter.get().id(), voter.get().address(), Optional.ofNullable(matcher.group("directory")));
  }

  /** With a directory id that follows from the cluster's, unless there is one. */
  InitialController in(String clusterId) {
    return new InitialController(
        id, address, directoryId.orElseGet(() -> DirectoryIds.of(clusterId, id)));
  }
}
