package dev.kafkapod.storage;

import static dev.kafkapod.storage.StorageStates.CLUSTER;
import static dev.kafkapod.storage.StorageStates.empty;
import static dev.kafkapod.storage.StorageStates.formatted;
import static dev.kafkapod.storage.StorageStates.given;
import static dev.kafkapod.storage.StorageStates.leader;
import static dev.kafkapod.storage.StorageStates.on;
import static dev.kafkapod.storage.StorageStates.quorum;
import static dev.kafkapod.storage.StorageStates.unheardOf;
import static dev.kafkapod.storage.StorageStates.voter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Address;
import dev.kafkapod.storage.Decision.FormatDisks;
import dev.kafkapod.storage.Decision.Invalid;
import dev.kafkapod.storage.Decision.RefuseStart;
import dev.kafkapod.storage.Decision.Undecided;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An empty controller: a new cluster, or a lost vote. */
class ControllerRulesTest {

  private static final List<String> DATA = List.of("/data");
  private static final FormatMode STATIC = new FormatMode.StaticVoters();
  private static final FormatMode JOINING = new FormatMode.NoInitialControllers();

  private static final InitialController ONE =
      new InitialController(1, new Address("a", 9093), "dir-1");
  private static final InitialController TWO =
      new InitialController(2, new Address("b", 9093), "dir-2");

  private static FormatDisks format(FormatMode mode, String why, String... commands) {
    return new FormatDisks(
        DATA,
        Optional.of(CLUSTER),
        mode,
        why,
        List.of(),
        List.of(commands),
        isNewCluster(mode, why),
        false);
  }

  private static FormatDisks forNow(FormatMode mode, String why) {
    return new FormatDisks(
        DATA, Optional.of(CLUSTER), mode, why, List.of(), List.of(), isNewCluster(mode, why), true);
  }

  private static boolean isNewCluster(FormatMode mode, String why) {
    return why.startsWith("a new cluster: ") && !mode.equals(JOINING);
  }

  // no leader

  @Test
  void isANewClusterIfThereIsNobodyElse() {
    assertThat(given().decision())
        .isEqualTo(format(STATIC, "a new cluster: there are no other controllers"));
  }

  @Test
  void aClusterOfItsOwnNeedsNoId() {
    assertThat(given().withoutClusterId().decision())
        .isEqualTo(
            new FormatDisks(
                DATA,
                Optional.empty(),
                STATIC,
                "a new cluster: there are no other controllers",
                List.of(),
                List.of(),
                true,
                false));
  }

  @Test
  void anyOtherClusterNeedsAnId() {
    assertThat(given().withoutClusterId().absent("b:9093").decision())
        .isEqualTo(
            new Invalid(
                List.of(
                    "--cluster-id is needed to format /data, the same one on every node; make one with kafka-storage.sh random-uuid, and set it as KAFKA_POD_CLUSTER_ID or CLUSTER_ID")));
  }

  @Test
  void isANewClusterIfNobodyAnswersForLongEnough() {
    assertThat(given().absent("b:9093").absent("c:9093").decision())
        .isEqualTo(
            forNow(
                STATIC,
                "a new cluster: no other controller answers: b:9093 (Connection refused), c:9093 (Connection refused)"));
  }

  @Test
  void isANewClusterIfAnotherControllerHasJustStarted() {
    assertThat(given().absent("b:9093").leaderless("c:9093").decision())
        .isEqualTo(forNow(STATIC, "a new cluster: the other controllers name no leader: c:9093"));
  }

  @Test
  void isNoNewClusterIfAControllerHasMetadata() {
    Decision decision =
        given().leaderless("a:9093").leaderlessWithMetadata("b:9093").absent("c:9093").decision();

    assertThat(decision)
        .isEqualTo(
            new RefuseStart(
                "/data is empty, and the cluster isn't new, but no leader can be asked whether controller 1 may start without its data: b:9093 has the cluster's metadata, but knows no leader; start the other controllers, or bring the disk back",
                true));
  }

  @Test
  void isNoNewClusterIfAControllerNamesALeader() {
    Decision decision = given().following("a:9093", 3, 7).absent("b:9093").decision();

    assertThat(decision)
        .isEqualTo(
            new RefuseStart(
                "/data is empty, and the cluster isn't new, but no leader can be asked whether controller 1 may start without its data: a:9093 names controller 3 as the leader, which doesn't answer (l:9093: Connection refused); start the other controllers, or bring the disk back",
                true));
  }

  @Test
  void thatItHasLivedIsMoreThanThatOneDoesNotTalk() {
    assertThat(
            given()
                .following("a:9093", 3, 7)
                .reply("b:9093", new ControllerReply.Refused("it hangs"))
                .decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void aLeaderThatHasBeenReplacedIsNotBelieved() {
    QuorumState former = quorum(leader(), voter(3, 100, 50_000), unheardOf(1));

    assertThat(given().led("b:9093", former).following("a:9093", 3, 8).decision())
        .isInstanceOfSatisfying(
            RefuseStart.class,
            it -> assertThat(it.why()).contains("names controller 3 as the leader"));
    assertThat(given().led("b:9093", former).following("a:9093", 2, 7).decision())
        .isInstanceOf(FormatDisks.class);
    assertThat(given().led("b:9093", former).leaderlessWithMetadata("a:9093").decision())
        .isInstanceOf(FormatDisks.class);
  }

  @Test
  void stopsIfAControllerOfAnotherClusterKnowsNoLeader() {
    assertThat(
            given()
                .reply("a:9093", new ControllerReply.OtherCluster(Optional.empty()))
                .leaderless("b:9093")
                .decision())
        .isEqualTo(
            new RefuseStart(
                "controller a:9093 belongs to another cluster, but controller 1 is meant for ours; correct KAFKA_POD_CLUSTER_ID or the controllers' addresses",
                false));
    assertThat(
            given()
                .reply("a:9093", new ControllerReply.OtherCluster(Optional.of("theirs")))
                .decision())
        .isEqualTo(
            new RefuseStart(
                "controller a:9093 belongs to the cluster theirs, but controller 1 is meant for ours; correct KAFKA_POD_CLUSTER_ID or the controllers' addresses",
                false));
  }

  @Test
  void stopsIfNobodyAnswersButTheClusterIsSaidToLive() {
    assertThat(given().notANewCluster().absent("b:9093").decision())
        .isEqualTo(
            new RefuseStart(
                "/data is empty, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but no other controller answers: b:9093 (Connection refused); start the other controllers, or bring the disk back; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true",
                true));
    assertThat(given().notANewCluster().leaderless("b:9093").decision())
        .isEqualTo(
            new RefuseStart(
                "/data is empty, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but the other controllers name no leader: b:9093; start the other controllers, or bring the disk back; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true",
                true));
  }

  @Test
  void theOnlyControllerOfALivingClusterStopsAlsoWithAnEmptyDisk() {
    assertThat(given().notANewCluster().decision())
        .isInstanceOfSatisfying(
            RefuseStart.class,
            it -> {
              assertThat(it.why()).contains("but there are no other controllers; ");
              assertThat(it.isProvisional()).as("there is nobody to ask again").isFalse();
            });
  }

  @Test
  void aNodeWithDataButWithoutMetadataIsNoNewCluster() {
    assertThat(
            given()
                .combined()
                .directories(empty("/meta", true), formatted("/data", false))
                .absent("b:9093")
                .decision())
        .isEqualTo(
            new RefuseStart(
                "/meta is empty, but its directories show that broker and controller 1 has lived: its metadata is lost, and no other controller answers: b:9093 (Connection refused); start the other controllers, or bring the disk back",
                true));
  }

  @Test
  void aFormattingThatWasInterruptedIsTakenUpAgain() {
    assertThat(
            given()
                .directories(empty("/data", true), formatted("/b", false, CLUSTER, 1, false))
                .absent("b:9093")
                .withoutClusterId()
                .decision())
        .isEqualTo(
            forNow(
                STATIC, "a new cluster: no other controller answers: b:9093 (Connection refused)"));
  }

  @Test
  void canNotTellIfSomebodyIsThereAndDoesNotTalk() {
    assertThat(
            given()
                .absent("b:9093")
                .reply("c:9093", new ControllerReply.Refused("c:9093 refuses the password"))
                .leaderless("d:9093")
                .decision())
        .isEqualTo(
            new Undecided(
                "/data is empty, and whether the cluster lives can't be told: c:9093 refuses the password",
                true));
  }

  // a leader

  @Test
  void comesBackIntoAQuorumThatHasAMajorityWithoutIt() {
    assertThat(
            given()
                .notANewCluster()
                .absent("b:9093")
                .led("c:9093", quorum(unheardOf(1), leader(), voter(3, 100, 48_000)))
                .decision())
        .isEqualTo(
            format(
                STATIC,
                "a loss or a new node: controller 2 leads, and 2 of 3 voters have caught up without this one"));
  }

  @Test
  void stopsIfTooFewHaveCaughtUpWithoutIt() {
    assertThat(
            given()
                .led("c:9093", quorum(voter(1, 100, 50_000), leader(), voter(3, 100, 47_999)))
                .decision())
        .isEqualTo(
            new RefuseStart(
                "/data is empty, and of 3 voters only 1 (2) have caught up with the quorum without controller 1, where 2 are needed: if it voted again without its log, what the cluster has committed could be lost; let the others catch up (not yet: 3), then this one is formatted by itself, or bring its disk back",
                true));
  }

  @Test
  void aVoterMayBeBehindForAsLongAsTheNodesOwnFetchTimeout() {
    assertThat(
            given()
                .fetchTimeout(Duration.ofSeconds(10))
                .led("c:9093", quorum(unheardOf(1), leader(), voter(3, 100, 40_000)))
                .decision())
        .isInstanceOf(FormatDisks.class);
    assertThat(
            given()
                .fetchTimeout(Duration.ofSeconds(10))
                .led("c:9093", quorum(unheardOf(1), leader(), voter(3, 100, 39_999)))
                .decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void whatIsCommittedMustBeOnTheOthersToo() {
    assertThat(
            given().led("c:9093", quorum(leader(), voter(3, 99, 50_000), unheardOf(1))).decision())
        .isInstanceOf(RefuseStart.class);
    assertThat(
            given().led("c:9093", quorum(leader(), voter(3, 101, 50_000), unheardOf(1))).decision())
        .isInstanceOf(FormatDisks.class);
  }

  @Test
  void aVoterOfWhomTheLeaderHasNotHeardHasNotCaughtUp() {
    QuorumState.Voter silent =
        new QuorumState.Voter(3, Optional.empty(), 100, OptionalLong.empty());

    assertThat(given().led("c:9093", quorum(leader(), silent, unheardOf(1))).decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void withoutTheLeadersOwnTimeNobodyElseHasCaughtUp() {
    QuorumState.Voter timeless =
        new QuorumState.Voter(2, Optional.empty(), 100, OptionalLong.empty());

    assertThat(
            given().led("c:9093", quorum(timeless, voter(3, 100, 50_000), unheardOf(1))).decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void aMajorityIsCountedOverAllVoters() {
    assertThat(
            given()
                .led(
                    "c:9093",
                    quorum(
                        unheardOf(1), leader(), voter(3, 100, 50_000), unheardOf(4), unheardOf(5)))
                .decision())
        .isInstanceOf(RefuseStart.class);
    assertThat(
            given()
                .led(
                    "c:9093",
                    quorum(
                        unheardOf(1),
                        leader(),
                        voter(3, 100, 50_000),
                        voter(4, 100, 50_000),
                        unheardOf(5)))
                .decision())
        .isInstanceOf(FormatDisks.class);
  }

  @Test
  void theOnlyOtherVoterOfTwoIsNoMajority() {
    assertThat(given().led("c:9093", quorum(unheardOf(1), leader())).decision())
        .isEqualTo(
            new RefuseStart(
                "/data is empty, and of 2 voters only 1 (2) have caught up with the quorum without controller 1, where 2 are needed: if it voted again without its log, what the cluster has committed could be lost; let the others catch up (there are none), then this one is formatted by itself, or bring its disk back",
                true));
  }

  @Test
  void theLaterLeadersWordCounts() {
    QuorumState earlier =
        new QuorumState(CLUSTER, 3, 6, 0, List.of(unheardOf(1), voter(2, 0, 0), voter(3, 0, 0)));
    QuorumState later = quorum(unheardOf(1), leader(), voter(3, 0, 0));

    assertThat(given().led("b:9093", later).led("c:9093", earlier).decision())
        .isInstanceOf(RefuseStart.class);
    assertThat(given().led("b:9093", earlier).led("c:9093", later).decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void stopsIfItsIdLeadsFromElsewhere() {
    QuorumState quorum = new QuorumState(CLUSTER, 1, 7, 100, List.of(voter(1, 100, 50_000)));

    assertThat(given().led("b:9093", quorum).decision())
        .isEqualTo(
            new RefuseStart(
                "/data is empty, but controller 1 leads the quorum, so another process has the same id; stop one of the two, or correct node.id",
                true));
  }

  @Test
  void stopsIfTheOthersAreAnotherCluster() {
    QuorumState theirs = new QuorumState("theirs", 2, 7, 100, List.of(leader()));

    assertThat(
            given()
                .led("b:9093", quorum(unheardOf(1), leader(), voter(3, 100, 50_000)))
                .led("c:9093", theirs)
                .decision())
        .isEqualTo(
            new RefuseStart(
                "controller c:9093 belongs to the cluster theirs, but controller 1 is meant for ours; correct KAFKA_POD_CLUSTER_ID or the controllers' addresses",
                false));
  }

  // dynamic voters

  @Test
  void theOnlyDynamicVoterStandsAlone() {
    assertThat(given().dynamic().decision())
        .isEqualTo(
            format(new FormatMode.Standalone(), "a new cluster: there are no other controllers"));
  }

  @Test
  void aLostDiskNeverStandsAloneWhileOthersAnswer() {
    assertThat(
            given()
                .dynamic()
                .led("b:9093", quorum(on("lost", voter(1, 100, 0)), on("x", leader())))
                .decision())
        .isInstanceOf(RefuseStart.class);
  }

  @Test
  void severalDynamicVotersMustBeNamedToBegin() {
    assertThat(given().dynamic().absent("b:9093").decision())
        .isEqualTo(
            new Invalid(
                List.of(
                    "--initial-controllers is needed to begin a cluster of several dynamic voters, the same on every controller; set KAFKA_POD_INITIAL_CONTROLLERS, for example 0@kafka-0.kafka:9093,1@kafka-1.kafka:9093,2@kafka-2.kafka:9093")));
  }

  @Test
  void theFirstDynamicVotersBeginTogether() {
    assertThat(given().dynamic(ONE, TWO).absent("b:9093").decision())
        .isEqualTo(
            forNow(
                new FormatMode.InitialControllers(List.of(ONE, TWO)),
                "a new cluster: no other controller answers: b:9093 (Connection refused)"));
  }

  @Test
  void whoIsNotAmongTheFirstJoinsThem() {
    assertThat(given().dynamic(TWO).absent("b:9093").decision())
        .isEqualTo(
            forNow(
                JOINING,
                "a new cluster: no other controller answers: b:9093 (Connection refused)"));
  }

  @Test
  void oneOfTheFirstThatComesLateIsAVoterAllTheSame() {
    assertThat(
            given()
                .dynamic(ONE, TWO)
                .led(
                    "b:9093",
                    quorum(
                        on("dir-1", unheardOf(1)),
                        on("dir-2", leader()),
                        on("dir-3", voter(3, 100, 50_000))))
                .decision())
        .isEqualTo(
            format(
                new FormatMode.InitialControllers(List.of(ONE, TWO)),
                "a loss or a new node: controller 2 leads, and 2 of 3 voters have caught up without this one"));
  }

  @Test
  void aLostDynamicVoterJoinsAnewAfterItsOldEntryIsRemoved() {
    FormatDisks joining =
        format(
            JOINING,
            "a loss or a new node: controller 2 leads, and 2 of 3 voters have caught up without this one",
            "kafka-metadata-quorum.sh --bootstrap-controller b:9093 remove-controller --controller-id 1 --controller-directory-id dir-1",
            "kafka-metadata-quorum.sh --bootstrap-controller b:9093 --command-config /config/server.properties add-controller");
    QuorumState quorum =
        quorum(
            on("dir-1", voter(1, 0, 0)), on("dir-2", leader()), on("dir-3", voter(3, 100, 50_000)));

    assertThat(given().dynamic(ONE, TWO).led("b:9093", quorum).decision()).isEqualTo(joining);
    assertThat(given().dynamic().led("b:9093", quorum).decision()).isEqualTo(joining);
  }

  @Test
  void theIdOfAnotherDirectoryIsNoInitialVoter() {
    assertThat(
            given()
                .dynamic(ONE, TWO)
                .led(
                    "b:9093",
                    quorum(
                        on("another", unheardOf(1)),
                        on("dir-2", leader()),
                        on("dir-3", voter(3, 100, 50_000))))
                .decision())
        .isInstanceOfSatisfying(FormatDisks.class, it -> assertThat(it.mode()).isEqualTo(JOINING));
  }

  @Test
  void aFurtherDynamicVoterOnlyHasToBeAdded() {
    assertThat(given().dynamic().led("b:9093", quorum(on("dir-2", leader()))).decision())
        .isEqualTo(
            format(
                JOINING,
                "a loss or a new node: controller 2 leads, and 1 of 1 voters have caught up without this one",
                "kafka-metadata-quorum.sh --bootstrap-controller b:9093 --command-config /config/server.properties add-controller"));
  }

  @Test
  void whoJoinsByItselfNeedsNobodysCommand() {
    assertThat(given().joiningByItself().led("b:9093", quorum(on("dir-2", leader()))).decision())
        .isInstanceOfSatisfying(FormatDisks.class, it -> assertThat(it.commands()).isEmpty());
  }

  @Test
  void aQuorumThatHasBecomeDynamicTakesNobodyBackByItsIdAlone() {
    assertThat(
            given()
                .led(
                    "b:9093",
                    quorum(
                        on("dir-1", unheardOf(1)),
                        on("dir-2", leader()),
                        on("dir-3", voter(3, 100, 50_000))))
                .decision())
        .isInstanceOfSatisfying(
            FormatDisks.class,
            it -> {
              assertThat(it.mode()).isEqualTo(STATIC);
              assertThat(it.commands()).hasSize(2);
            });
  }

  @Test
  void aStaticVoterNeedsNobodysCommand() {
    assertThat(given().dynamic().led("b:9093", quorum(leader(), voter(3, 100, 50_000))).decision())
        .isInstanceOfSatisfying(FormatDisks.class, it -> assertThat(it.commands()).isEmpty());
  }
}
