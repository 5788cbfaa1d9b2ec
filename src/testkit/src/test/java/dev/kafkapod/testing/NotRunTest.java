package dev.kafkapod.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import dev.kafkapod.testing.NotRun.Need;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** What needs a tool that isn't there neither fails nor passes, and is named once. */
class NotRunTest {

  private static final Need NEED = new Need("a-tool", "install a-tool");

  @TempDir private Path directory;

  private TestExecutionSummary run(Class<?> tests) throws StdoutCapture.Failure {
    String property = NotRunNotes.DIRECTORY_PROPERTY;
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    System.setProperty(property, directory.toString());
    try {
      // what jqwik prints of it would look like this build's
      StdoutCapture.of(
          () -> {
            LauncherFactory.create()
                .execute(request().selectors(selectClass(tests)).build(), summary);
            return summary;
          });
    } finally {
      System.clearProperty(property);
    }
    return summary.getSummary();
  }

  static class OneOfThree {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void oneOfThree(int number) {
      if (number == 2) {
        Tools.end(NEED);
      }
    }
  }

  @Test
  void namesATestThatNeedsATool() throws Exception {
    TestExecutionSummary summary = run(OneOfThree.class);

    assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    assertThat(summary.getTestsAbortedCount()).isEqualTo(1);
    assertThat(NotRunReport.lines(directory))
        .containsExactly("NOT RUN: 1 test that needs a-tool (install a-tool)");
  }

  static class APropertyThatNeedsATool {
    @Property(tries = 20)
    void needsATool(@ForAll int any) {
      Tools.end(NEED);
    }
  }

  @Test
  void aPropertyThatNeedsAToolIsNoPropertyWithoutGoodParameters() throws Exception {
    TestExecutionSummary summary = run(APropertyThatNeedsATool.class);

    assertThat(summary.getTestsFailedCount()).isZero();
    assertThat(summary.getTestsAbortedCount()).isEqualTo(1);
    assertThat(NotRunReport.lines(directory))
        .containsExactly("NOT RUN: 1 test that needs a-tool (install a-tool)");
  }

  static class AllNeedATool {
    @BeforeAll
    static void needsATool() {
      Tools.end(NEED);
    }

    @Test
    void one() {}

    @Test
    void another() {}
  }

  @Test
  void countsAllTestsOfAClassThatNeedsATool() throws Exception {
    TestExecutionSummary summary = run(AllNeedATool.class);

    assertThat(summary.getTestsFailedCount()).isZero();
    assertThat(NotRunReport.lines(directory))
        .containsExactly("NOT RUN: 2 tests that need a-tool (install a-tool)");
  }

  @Test
  void saysNothingWhereNothingWasMissing() throws Exception {
    assertThat(NotRunReport.lines(directory.resolve("none"))).isEmpty();
  }

  @Test
  void knowsWhatCiSystemsSet() {
    assertThat(Tools.isCi(Map.of("CI", "true"))).isTrue();
    assertThat(Tools.isCi(Map.of("CI", "1"))).isTrue();
    assertThat(Tools.isCi(Map.of("CI", "false"))).isFalse();
    assertThat(Tools.isCi(Map.of("CI", ""))).isFalse();
    assertThat(Tools.isCi(Map.of())).isFalse();
  }
}
