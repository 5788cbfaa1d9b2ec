package dev.kafkapod.storage;

import dev.kafkapod.storage.ControllerReply.Absent;
import dev.kafkapod.storage.ControllerReply.Following;
import dev.kafkapod.storage.ControllerReply.Leaderless;
import dev.kafkapod.storage.ControllerReply.Led;
import dev.kafkapod.storage.ControllerReply.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** What the replies of all other controllers come to. */
sealed interface OtherControllers {

  /** There are no others. */
  record None() implements OtherControllers {}

  /**
   * Nobody is there.
   *
   * @param who the addresses, each with the reason
   */
  record Dark(String who) implements OtherControllers {}

  /**
   * Controllers are there that know neither a leader nor any metadata, as new ones do.
   *
   * @param who the addresses of those who are there
   */
  record Headless(String who) implements OtherControllers {}

  /**
   * No leader answers, but a controller knows that there is or was one: the cluster isn't new.
   *
   * @param why which controller, and what it says
   */
  record Lived(String why) implements OtherControllers {}

  /**
   * Somebody is there and doesn't talk to us.
   *
   * @param why who, and what was seen
   */
  record Closed(String why) implements OtherControllers {}

  /**
   * There is a leader.
   *
   * @param address of a controller that knows it
   */
  record Alive(String address, QuorumState state) implements OtherControllers {}

  /**
   * The latest leader's word counts, unless somebody knows of a later one; else the reply from
   * which most could follow.
   */
  static OtherControllers of(List<ControllerReply> replies) {
    if (replies.isEmpty()) {
      return new None();
    }
    Optional<Alive> alive =
        replies.stream()
            .filter(it -> it.reply() instanceof Led)
            .map(it -> new Alive(it.address(), ((Led) it.reply()).quorum()))
            .max(Comparator.comparingLong(it -> it.state().epoch()));
    if (alive.isPresent() && alive.get().state().epoch() >= latestNamed(replies)) {
      return alive.get();
    }
    String lived = replies.stream().flatMap(it -> life(it).stream()).collect(joining());
    if (!lived.isEmpty()) {
      return new Lived(lived);
    }
    String closed = replies.stream().flatMap(it -> why(it).stream()).collect(joining());
    if (!closed.isEmpty()) {
      return new Closed(closed);
    }
    String listening =
        replies.stream()
            .filter(it -> it.reply() instanceof Leaderless)
            .map(ControllerReply::address)
            .collect(joining());
    return listening.isEmpty()
        ? new Dark(replies.stream().map(OtherControllers::absence).collect(joining()))
        : new Headless(listening);
  }

  private static long latestNamed(List<ControllerReply> replies) {
    return replies.stream()
        .map(ControllerReply::reply)
        .mapToLong(it -> it instanceof Following following ? following.epoch() : Long.MIN_VALUE)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private static Optional<String> life(ControllerReply reply) {
    if (reply.reply() instanceof Following following) {
      return Optional.of(
          "%s names controller %d as the leader, which doesn't answer (%s)"
              .formatted(reply.address(), following.leaderId(), following.why()));
    }
    return reply.reply() instanceof Leaderless leaderless && leaderless.hasMetadata()
        ? Optional.of(reply.address() + " has the cluster's metadata, but knows no leader")
        : Optional.empty();
  }

  private static Optional<String> why(ControllerReply reply) {
    return reply.reply() instanceof Refused refused ? Optional.of(refused.why()) : Optional.empty();
  }

  private static String absence(ControllerReply reply) {
    return reply.reply() instanceof Absent absent
        ? reply.address() + " (" + absent.why() + ")"
        : reply.address();
  }

  private static Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(", ");
  }
}
