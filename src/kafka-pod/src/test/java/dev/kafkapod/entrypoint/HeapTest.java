package dev.kafkapod.entrypoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.entrypoint.Container.Result;
import dev.kafkapod.probe.Shell;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of the container's memory the broker's heap gets. */
class HeapTest {

  private static final String V2 = "root/sys/fs/cgroup/";
  private static final String V1 = "root/sys/fs/cgroup/memory/";

  @TempDir private Path directory;
  private Container container;

  @BeforeEach
  void newContainer() throws IOException {
    container = new Container(directory);
  }

  private void heapIs(int megabytes) throws Exception {
    for (Shell shell : Shell.all()) {
      Result result = container.run(shell);
      assertThat(result.java())
          .as(result.err())
          .startsWith("-Xms" + megabytes + "m", "-Xmx" + megabytes + "m");
      assertThat(result.err()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "536870912,256",
    "1073741824,512",
    "4294967296,2048",
    "12884901888,6144",
    "137438953472,6144",
    "max,1024"
  })
  void isHalfOfTheLimitUpToSixGigabytes(String limit, int megabytes) throws Exception {
    container.write(V2 + "memory.max", limit + "\n");

    heapIs(megabytes);
  }

  @ParameterizedTest
  @CsvSource({"4294967296,2048", "9223372036854771712,1024"})
  void isTheSameInControlGroupsOfVersion1(String limit, int megabytes) throws Exception {
    container.cgroup("5:cpu,cpuacct:/x", "4:memory:/docker/abc", "0::/x");
    container.write(V1 + "memory.limit_in_bytes", limit + "\n");

    heapIs(megabytes);
  }

  @ParameterizedTest
  @CsvSource({"pod/container,pod", "pod,pod/container"})
  void theLowestLimitOfAllGroupsAboveCounts(String high, String low) throws Exception {
    container.cgroup("0::/pod/container");
    container.write(V2 + "memory.max", "max\n");
    container.write(V2 + high + "/memory.max", "8589934592\n");
    container.write(V2 + low + "/memory.max", "2147483648\n");

    heapIs(1024);
  }

  @ParameterizedTest
  @EnumSource
  void isAtLeastWhatABrokerNeedsAndTooLittleIsSaid(Shell shell) throws Exception {
    container.write(V2 + "memory.max", "268435456\n");

    Result result = container.run(shell);

    assertThat(result.java()).startsWith("-Xms200m", "-Xmx200m");
    assertThat(result.err())
        .isEqualTo(
            "entrypoint: WARNING: the memory limit is 256 MB, and a broker needs 512 MB at least\n");
  }

  @Test
  void leavesHalfOfASmallLimitToTheRestOfABroker() throws Exception {
    container.write(V2 + "memory.max", "471859200\n");

    Result result = container.run(Shell.all().iterator().next());

    assertThat(result.java()).startsWith("-Xms225m", "-Xmx225m");
    assertThat(result.err()).contains("the memory limit is 450 MB");
  }
}
