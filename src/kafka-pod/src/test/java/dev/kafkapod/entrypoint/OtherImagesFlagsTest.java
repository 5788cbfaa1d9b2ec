package dev.kafkapod.entrypoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Shell;
import dev.kafkapod.testing.OtherImagesTable;
import dev.kafkapod.testing.OtherImagesTable.Kind;
import dev.kafkapod.testing.OtherImagesTable.Row;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows about other images' variables that become flags of the broker's JVM. */
class OtherImagesFlagsTest {

  @TempDir private Path directory;

  static Stream<Row> flags() {
    return OtherImagesTable.rows().stream()
        .filter(it -> it.kind() != Kind.LEFT_OUT)
        .filter(it -> it.claims().get(0).startsWith("-"));
  }

  @ParameterizedTest
  @MethodSource
  void flags(Row row) throws Exception {
    Container container = new Container(directory);
    row.variables().forEach(container::with);

    assertThat(container.run(Shell.BASH).java()).containsAll(row.claims());
  }
}
