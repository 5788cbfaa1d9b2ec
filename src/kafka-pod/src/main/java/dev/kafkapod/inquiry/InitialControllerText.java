package dev.kafkapod.inquiry;

import dev.kafkapod.formatting.DirectoryIds;
import dev.kafkapod.settings.Address;
import dev.kafkapod.settings.Values;
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
      Pattern.compile("(\\d{1,9})@(\\[[^]]+]|[^:@\\[\\]]+)(:\\d{1,5})(?::([A-Za-z0-9_-]{22}))?");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException with the rule, if it is written otherwise
   */
  public static InitialControllerText of(String value) {
    Matcher matcher = FORM.matcher(value.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be ID@HOST:PORT, perhaps with :DIRECTORY-ID, got '%s'; write for example 0@kafka-0.kafka:9093"
              .formatted(value));
    }
    return new InitialControllerText(
        Integer.parseInt(matcher.group(1)),
        Values.address(matcher.group(2) + matcher.group(3)),
        Optional.ofNullable(matcher.group(4)));
  }

  /** With a directory id that follows from the cluster's, unless there is one. */
  InitialController in(String clusterId) {
    return new InitialController(
        id, address.toString(), directoryId.orElseGet(() -> DirectoryIds.of(clusterId, id)));
  }
}
