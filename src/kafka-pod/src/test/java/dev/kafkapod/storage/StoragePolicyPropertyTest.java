package dev.kafkapod.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Address;
import dev.kafkapod.storage.ControllerReply.Led;
import dev.kafkapod.storage.Decision.FormatDisks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What formatting must never do, whatever is seen. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE, tries = 1000, maxDiscardRatio = 50)
class StoragePolicyPropertyTest {

  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(2);

  private static final int SELF = 1;
  private static final long NOW = 60_000;

  @Provide
  Arbitrary<StorageState> storageStates() {
    Arbitrary<Node> nodes =
        Arbitraries.of(
            new Node(SELF, true, false, "/c", FETCH_TIMEOUT),
            new Node(SELF, false, true, "/c", FETCH_TIMEOUT),
            new Node(SELF, true, true, "/c", FETCH_TIMEOUT),
            new Node(-1, false, false, "/c", FETCH_TIMEOUT));
    Arbitrary<Voters> voters =
        Arbitraries.of(
            new Voters.Static(),
            new Voters.Dynamic(List.of(), false),
            new Voters.Dynamic(List.of(), true),
            new Voters.Dynamic(
                List.of(
                    new InitialController(1, new Address("a", 1), "d1"),
                    new InitialController(2, new Address("b", 1), "d2")),
                false));
    return Combinators.combine(
            nodes,
            directories(),
            voters,
            Arbitraries.of("ours", "theirs").optional(),
            Arbitraries.of(true, false),
            replies().list().ofMaxSize(3),
            Arbitraries.of(BrokerRegistration.class))
        .as(StorageState::new);
  }

  private static Arbitrary<List<Directory>> directories() {
    Arbitrary<Directory.Content> contents =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(new Directory.Empty())),
            Tuple.of(
                3,
                Combinators.combine(
                        Arbitraries.frequency(Tuple.of(9, "ours"), Tuple.of(1, "theirs")),
                        Arbitraries.frequency(Tuple.of(9, SELF), Tuple.of(1, 5)),
                        Arbitraries.of(Directory.Usage.class),
                        logs())
                    .as(
                        (cluster, node, usage, log) ->
                            new Directory.Formatted(
                                Optional.of(cluster),
                                OptionalInt.of(node),
                                Optional.empty(),
                                usage,
                                log))),
            Tuple.of(
                1,
                Arbitraries.of(
                    new Directory.Foreign("x"),
                    new Directory.Unreadable("denied"),
                    new Directory.Denied("denied", "chown", true))));
    return contents
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            all -> {
              List<Directory> directories = new ArrayList<>();
              for (Directory.Content content : all) {
                directories.add(
                    new Directory("/" + directories.size(), directories.isEmpty(), content));
              }
              return directories;
            });
  }

  private static Arbitrary<MetadataLog> logs() {
    return Arbitraries.frequency(
        Tuple.of(3, MetadataLog.ABSENT),
        Tuple.of(3, StorageStates.FILLED),
        Tuple.of(1, StorageStates.BEGUN),
        Tuple.of(1, StorageStates.EMPTIED),
        Tuple.of(1, new MetadataLog(true, false, false, false)),
        Tuple.of(1, new MetadataLog(true, false, false, true)));
  }

  /**
   * Whether a controller has nothing to vote with: neither a log nor a directory just formatted.
   */
  private static boolean votesWithoutALog(StorageState storageState) {
    Directory.Content metadata = storageState.directories().get(0).content();
    if (metadata instanceof Directory.Formatted it) {
      boolean isNew =
          it.log().isAsFormatted()
              && storageState.directories().stream()
                  .allMatch(d -> d.usage() == Directory.Usage.NONE);
      return !it.log().complete() && !isNew;
    }
    return metadata instanceof Directory.Empty;
  }

  private static boolean mayStart(Decision decision) {
    return decision instanceof FormatDisks || decision instanceof Decision.NothingToDo;
  }

  private static Arbitrary<ControllerReply> replies() {
    Arbitrary<ControllerReply.Outcome> replies =
        Arbitraries.oneOf(
            Arbitraries.just(new ControllerReply.Absent("refused")),
            Arbitraries.of(true, false).map(ControllerReply.Leaderless::new),
            Arbitraries.longs()
                .between(1, 3)
                .map(epoch -> new ControllerReply.Following(2, epoch, "refused")),
            Arbitraries.of("theirs").optional().map(ControllerReply.OtherCluster::new),
            Arbitraries.just(new ControllerReply.Refused("password")),
            quorums().map(Led::new),
            quorums().map(Led::new));
    return Combinators.combine(Arbitraries.of("a:1", "b:1", "c:1"), replies)
        .as(ControllerReply::new);
  }

  private static Arbitrary<QuorumState> quorums() {
    Arbitrary<QuorumState.Voter> voter =
        Combinators.combine(
                Arbitraries.integers().between(1, 5),
                Arbitraries.of("d1", "d2").optional(),
                Arbitraries.of(-1L, 99L, 100L),
                Arbitraries.of(NOW, NOW - 2000, NOW - 2001).optional())
            .as(
                (id, directory, offset, time) ->
                    new QuorumState.Voter(
                        id,
                        directory,
                        offset,
                        time.map(OptionalLong::of).orElse(OptionalLong.empty())));
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(9, "ours"), Tuple.of(1, "theirs")),
            Arbitraries.integers().between(1, 5),
            Arbitraries.longs().between(1, 3),
            voter.list().uniqueElements(QuorumState.Voter::id).ofMinSize(1).ofMaxSize(5))
        .as(
            (cluster, leader, epoch, voters) ->
                new QuorumState(cluster, leader, epoch, 100, voters));
  }

  @Property
  void alwaysComesToADecisionAndSaysWhy(@ForAll("storageStates") StorageState storageState) {
    assertThat(StoragePolicy.decide(storageState).toString()).doesNotContain("null");
  }

  @Property
  void formatsNothingButEmptyDirectories(@ForAll("storageStates") StorageState storageState) {
    if (StoragePolicy.decide(storageState) instanceof FormatDisks format) {
      Set<String> empty = new HashSet<>();
      for (Directory directory : storageState.directories()) {
        assertThat(directory.content()).isNotInstanceOf(Directory.Foreign.class);
        if (directory.content() instanceof Directory.Empty) {
          empty.add(directory.path());
        }
      }
      assertThat(Set.copyOf(format.directories())).isEqualTo(empty).isNotEmpty();
    }
  }

  @Property
  void neverFormatsForAClusterThatAControllerContradicts(
      @ForAll("storageStates") StorageState storageState) {
    if (StoragePolicy.decide(storageState) instanceof FormatDisks format) {
      for (ControllerReply reply : storageState.replies()) {
        if (reply.reply() instanceof Led led) {
          assertThat(format.clusterId()).contains(led.quorum().clusterId());
        }
      }
    }
  }

  @Property
  void neverGivesAVoteWithoutALogToAQuorumThatNeedsIt(
      @ForAll("storageStates") StorageState storageState) {
    Assume.that(storageState.node().controller());
    Assume.that(votesWithoutALog(storageState));
    Optional<QuorumState> latest =
        storageState.replies().stream()
            .filter(it -> it.reply() instanceof Led)
            .map(it -> ((Led) it.reply()).quorum())
            .max(Comparator.comparingLong(QuorumState::epoch));
    Assume.that(latest.isPresent());
    long complete =
        latest.get().voters().stream()
            .filter(it -> it.id() != SELF)
            .filter(it -> it.id() == latest.get().leaderId() || it.logEndOffset() >= 100)
            .count();
    boolean majority = complete * 2 > latest.get().voters().size();

    if (!majority) {
      assertThat(StoragePolicy.decide(storageState)).matches(it -> !mayStart(it));
    }
  }

  @Property
  void neverTakesASilentClusterThatLivesForANewOne(
      @ForAll("storageStates") StorageState storageState) {
    boolean led = storageState.replies().stream().anyMatch(it -> it.reply() instanceof Led);
    boolean metadataIsEmpty =
        storageState.directories().get(0).content() instanceof Directory.Empty;
    Assume.that(!led && metadataIsEmpty);

    Decision decision = StoragePolicy.decide(storageState);

    boolean refused =
        storageState.replies().stream()
            .anyMatch(it -> it.reply() instanceof ControllerReply.Refused);
    if (!storageState.mayBootstrap() || refused) {
      assertThat(decision).isNotInstanceOf(FormatDisks.class);
    }
    if (decision instanceof FormatDisks format && !storageState.replies().isEmpty()) {
      assertThat(format.isProvisional()).as("asked again").isTrue();
      assertThat(format.mode()).isNotEqualTo(new FormatMode.Standalone());
    }
  }

  @Property
  void neverBeginsAClusterThatAControllerKnowsToHaveLived(
      @ForAll("storageStates") StorageState storageState) {
    boolean led = storageState.replies().stream().anyMatch(it -> it.reply() instanceof Led);
    boolean lived =
        storageState.replies().stream()
            .map(ControllerReply::reply)
            .anyMatch(
                it ->
                    it instanceof ControllerReply.Following
                        || it.equals(new ControllerReply.Leaderless(true)));
    Assume.that(lived && !led);

    Decision decision = StoragePolicy.decide(storageState);
    if (storageState.directories().get(0).content() instanceof Directory.Empty) {
      assertThat(decision).isNotInstanceOf(FormatDisks.class);
    }
    if (storageState.node().controller() && votesWithoutALog(storageState)) {
      assertThat(decision).matches(it -> !mayStart(it));
    }
  }

  @Property
  void neverLetsALostMetadataLogPassWhereNobodyTells(
      @ForAll("storageStates") StorageState storageState) {
    boolean led = storageState.replies().stream().anyMatch(it -> it.reply() instanceof Led);
    boolean refused =
        storageState.replies().stream()
            .anyMatch(it -> it.reply() instanceof ControllerReply.Refused);
    Assume.that(storageState.node().controller() && !led && votesWithoutALog(storageState));

    Decision decision = StoragePolicy.decide(storageState);

    boolean served =
        storageState.directories().stream().anyMatch(it -> it.usage() == Directory.Usage.SERVED);
    boolean emptied =
        storageState
            .directories()
            .get(0)
            .formatted()
            .filter(it -> it.log().hadRecords())
            .isPresent();
    if (served || emptied || refused || !storageState.mayBootstrap()) {
      assertThat(decision).matches(it -> !mayStart(it));
    }
    if (mayStart(decision) && !storageState.replies().isEmpty()) {
      assertThat(decision.isProvisional()).as("asked again").isTrue();
    }
  }

  @Property
  void aMetadataLogOfABrokerIsOnlyACopy(
      @ForAll("storageStates") StorageState storageState,
      @ForAll("metadataLogs") MetadataLog log,
      @ForAll Directory.Usage usage) {
    StorageState broker =
        new StorageState(
            new Node(SELF, true, false, "/c", storageState.node().longestLag()),
            List.of(StorageStates.metadata("/0", usage, log)),
            storageState.voters(),
            storageState.clusterId().filter(it -> it.equals("ours")),
            storageState.mayBootstrap(),
            storageState.replies(),
            storageState.registration());

    assertThat(StoragePolicy.decide(broker))
        .isEqualTo(new Decision.NothingToDo("every directory is formatted", List.of()));
  }

  @Provide
  Arbitrary<MetadataLog> metadataLogs() {
    return logs();
  }

  @Property
  void whereEverythingIsFormattedNobodysAnswerMatters(
      @ForAll("storageStates") StorageState storageState) {
    Assume.that(
        storageState.directories().stream()
            .allMatch(it -> it.content() instanceof Directory.Formatted));
    Assume.that(!storageState.node().controller() || !votesWithoutALog(storageState));

    StorageState alone =
        new StorageState(
            storageState.node(),
            storageState.directories(),
            storageState.voters(),
            storageState.clusterId(),
            true,
            List.of(),
            BrokerRegistration.UNKNOWN);

    assertThat(StoragePolicy.decide(storageState)).isEqualTo(StoragePolicy.decide(alone));
  }
}
