package dev.kafkapod.bounded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CausesTest {

  @Test
  void theRootIsTheLastCause() {
    Throwable root = new IOException("disk full");
    Throwable thrown = new IllegalStateException(new RuntimeException(root));

    assertThat(Causes.root(thrown)).isSameAs(root);
    assertThat(Causes.chain(thrown)).hasSize(3).startsWith(thrown).endsWith(root);
  }

  @Test
  void whatNamesNoCauseIsItsOwnRoot() {
    Throwable thrown = new IOException("disk full");

    assertThat(Causes.root(thrown)).isSameAs(thrown);
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void endsWhereTwoNameEachOther() {
    Throwable first = new RuntimeException("first");
    Throwable second = new RuntimeException("second", first);
    first.initCause(second);

    assertThat(Causes.root(first)).isIn(first, second);
  }
}
