package dev.kafkapod.inquiry;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.common.Address;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.OverrideText;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.FirstReady;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Reply;
import dev.kafkapod.settings.Gates;
import dev.kafkapod.verdictfile.OverridesLine;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictFile.VerdictLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is asked whether a broker is ready, and what an override makes of it. */
class ReadinessInquiryTest {

  private static final Duration TIME = Duration.ofSeconds(3);
  private static final Optional<OverrideIdentity> THESE = OverrideIdentity.of("none - -");
  private static final Optional<OverrideIdentity> OTHERS =
      OverrideIdentity.of("own " + "0123456789abcdef".repeat(2) + " -");

  private final List<String> asked = new ArrayList<>();
  private Overrides overrides = new Overrides(Optional.empty(), List.of(), THESE);
  private Optional<VerdictFile> agent = Optional.empty();
  private BrokerProbe broker =
      () -> aBroker(3).inState(BrokerState.PENDING_CONTROLLED_SHUTDOWN).build();

  private ReadinessInquiry inquiry() {
    return new ReadinessInquiry(new Request());
  }

  private final class Request implements ReadinessRequest {

    private final Deadline deadline = Deadline.in(TIME);

    @Override
    public Deadline deadline() {
      return deadline;
    }

    @Override
    public Overrides overrides() {
      asked.add("overrides");
      return overrides;
    }

    @Override
    public Optional<VerdictFile> agent() {
      return agent;
    }

    @Override
    public Observer observer() {
      asked.add("broker");
      Address nobody = new Address("127.0.0.1", 1);
      return new Observer(
          broker,
          new ClusterAccess(
              List.of(nobody), List.of(), Optional.empty(), Optional.of(nobody), Optional.empty()),
          TIME);
    }

    @Override
    public ReadinessPolicy policy() {
      return new Gates(GatePreset.BALANCED, Map.of(), Map.of(), Optional.empty()).policy();
    }

    @Override
    public boolean latched() {
      return false;
    }

    @Override
    public FirstReady firstReady() {
      return new FirstReady(Optional.empty(), false, Optional::empty);
    }
  }

  private static VerdictFile verdict(Optional<OverrideIdentity> under) {
    VerdictLine yes = new VerdictLine(ExitCode.YES, "ready: the agent says so");
    return new VerdictFile(
        new ProcessIdentity("0", 1, 1),
        OptionalInt.of(3),
        1,
        Optional.empty(),
        OverridesLine.of(under, Path.of("/nowhere")),
        yes,
        yes,
        yes);
  }

  private static Overrides inForce(String readiness) {
    Instant since = Instant.parse("2026-01-01T00:00:00Z");
    OverrideText.Parsed parsed =
        OverrideText.parse(
            List.of(
                new OverrideText.PropertyLine("readiness", readiness),
                new OverrideText.PropertyLine("reason", "INC-4711"),
                new OverrideText.PropertyLine("since", since.toString()),
                new OverrideText.PropertyLine("until", since.plusSeconds(3600).toString())),
            Duration.ofHours(24),
            "");
    return new Overrides(
        parsed
            .override()
            .map(it -> new InForce(it, "/override", Duration.ofHours(1), "override: INC-4711")),
        List.of(),
        OTHERS);
  }

  @Test
  void theAgentsAnswerTakesNothingMoreThanTheOverrideFiles() {
    agent = Optional.of(verdict(THESE));

    assertThat(inquiry().ready().line()).isEqualTo("ready: the agent says so");
    assertThat(asked).containsExactly("overrides");
  }

  @Test
  void anAnswerThatWasMadeUnderOtherOverrideFilesIsNone() {
    for (Optional<OverrideIdentity> under : List.of(OTHERS, Optional.<OverrideIdentity>empty())) {
      agent = Optional.of(verdict(under));

      assertThat(inquiry().ready().verdict().isNo()).isTrue();
      assertThat(inquiry().statusOfAgent(true)).isEmpty();
    }
    overrides = Overrides.NONE;
    agent = Optional.of(verdict(Optional.empty()));
    assertThat(inquiry().ready().verdict().isNo()).as("files that nobody knows").isTrue();
  }

  @ParameterizedTest
  @CsvSource({"ready, true", "not-ready, false"})
  void whereAnOverrideSaysItNobodyIsAsked(String readiness, boolean yes) {
    overrides = inForce(readiness);

    Reply reply = inquiry().ready();

    assertThat(reply.verdict().isYes()).isEqualTo(yes);
    assertThat(reply.line()).contains("INC-4711");
    assertThat(asked).containsExactly("overrides");
  }

  @Test
  void whatAnOverrideHidesIsFoundOut() {
    overrides = inForce("ready");

    EffectiveVerdict effective = inquiry().override();

    assertThat(effective.verdict().isYes()).isTrue();
    assertThat(effective.without().isNo()).isTrue();
    assertThat(effective.hides()).isNotEmpty();
    assertThat(inquiry().overrideExitCode()).isEqualTo(ExitCode.YES);
  }

  @Test
  void whatIsInForceIsKnownAlsoWhereNobodyCanBeAsked() {
    overrides = inForce("ready");
    broker =
        () -> {
          throw new Misconfigured("there are two brokers");
        };

    EffectiveVerdict effective = inquiry().override();

    assertThat(effective.verdict().isUnknown()).isTrue();
    assertThat(effective.hides()).containsExactly("cannot tell: there are two brokers");
    assertThat(inquiry().overrideExitCode()).isEqualTo(ExitCode.YES);
  }

  @Test
  void withoutAnOverrideNobodyIsAskedWhatItHides() {
    assertThat(inquiry().override().hides()).isEmpty();
    assertThat(asked).containsExactly("overrides");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "EXPIRED, 1",
    "AHEAD, 1",
    "UNPLACED, 3",
    "EXPIRED UNPLACED, 3",
    "UNUSABLE, 2",
    "UNPLACED UNUSABLE, 2"
  })
  void whyNoOverrideIsInForceIsTheExitCode(String kinds, int exitCode) {
    List<Overrides.Warning> warnings = new ArrayList<>();
    for (String kind : kinds.isEmpty() ? new String[0] : kinds.split(" ", -1)) {
      warnings.add(new Overrides.Warning(Overrides.WarningKind.valueOf(kind), "it says"));
    }
    overrides = new Overrides(Optional.empty(), warnings, THESE);

    assertThat(inquiry().overrideExitCode()).isEqualTo(exitCode);
  }

  @Test
  void theStatusIsWhatWasJudged() {
    assertThat(inquiry().status().ready().isNo()).isTrue();
  }
}
