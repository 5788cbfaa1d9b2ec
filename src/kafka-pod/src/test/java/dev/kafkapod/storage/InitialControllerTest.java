package dev.kafkapod.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Address;
import org.junit.jupiter.api.Test;

class InitialControllerTest {

  @Test
  void isWrittenAsKafkaReadsIt() {
    assertThat(new InitialController(1, new Address("[::1]", 9093), "dir"))
        .hasToString("1@[::1]:9093:dir");
  }
}
