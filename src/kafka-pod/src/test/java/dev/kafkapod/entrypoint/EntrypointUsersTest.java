package dev.kafkapod.entrypoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.probe.Shell;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the entrypoint says of SCRAM users, which count only for a new cluster. */
class EntrypointUsersTest {

  @TempDir private Path directory;
  private Container container;

  @BeforeEach
  void newContainer() throws IOException {
    container = new Container(directory);
  }

  @ParameterizedTest
  @EnumSource
  void saysOnceThatUsersAreForANewClusterOnly(Shell shell) throws Exception {
    container.write("data/meta.properties", "version=1\n");
    container.write(EntrypointTest.LOG.formatted("data"), EntrypointTest.RECORDS);
    container.with("KAFKA_POD_SCRAM_USERS_FILE", "/etc/users");

    assertThat(container.run(shell).err())
        .startsWith("entrypoint: note: KAFKA_POD_SCRAM_USERS_FILE counts only while")
        .contains(
            "--bootstrap-server HOST:PORT --command-config "
                + container.path("run/config/client.properties")
                + " --alter --entity-type users");
    assertThat(container.run(shell).err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void saysOfUsersInZooKeeperModeWhereTheyBelong(Shell shell) throws Exception {
    container.config("broker.id=1", "zookeeper.connect=a:2181");
    container.with("KAFKA_POD_SCRAM_USERS_FILE", "/etc/users");

    assertThat(container.run(shell).err())
        .contains("kafka-configs.sh --zookeeper HOST:PORT --alter --entity-type users");
  }

  @ParameterizedTest
  @EnumSource
  void saysNothingOfUsersOnABroker(Shell shell) throws Exception {
    container.config("process.roles=broker", "log.dirs=" + container.path("data"));
    container.write("data/meta.properties", "version=1\n");
    container.with("KAFKA_POD_SCRAM_USERS_FILE", "/etc/users");

    assertThat(container.run(shell).err()).isEmpty();
  }
}
