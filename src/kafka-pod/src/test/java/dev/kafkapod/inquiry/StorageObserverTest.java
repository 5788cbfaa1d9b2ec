package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.brokerconfig.NodeConfig;
import dev.kafkapod.common.Address;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whom a controller asks before it formats its disk. */
class StorageObserverTest {

  private static List<Address> asked(String bootstrap, String... first) {
    Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "process.roles", "controller",
                "node.id", "1",
                "listeners", "CONTROLLER://:9093",
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT",
                "log.dirs", "/nowhere"));
    properties.put("controller.quorum.bootstrap.servers", bootstrap);
    return new StorageObserver(
            NodeConfig.of(properties, "server.properties"),
            Path.of("server.properties"),
            Stream.of(first).map(InitialControllerText::of).toList(),
            Optional.empty(),
            true)
        .addresses();
  }

  @Test
  void theFirstControllersAreAskedTooButNotItself() {
    assertThat(asked("a:9093,b:9093", "1@a:9093", "2@b:9093", "3@c:9093"))
        .containsExactly(new Address("b", 9093), new Address("c", 9093));
  }

  @Test
  void anAddressMayBeOneOfVersionSixOrComeWithADirectoryId() {
    assertThat(asked("[::1]:9093", "1@[::1]:9093", "2@[::2]:9093:AAAAAAAAAAAAAAAAAAAAAA"))
        .containsExactly(new Address("[::2]", 9093));
  }
}
