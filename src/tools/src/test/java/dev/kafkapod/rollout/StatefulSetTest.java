package dev.kafkapod.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules that the simulation shares with Kubernetes' StatefulSet controller. */
class StatefulSetTest {

  private final List<Integer> recreated = new ArrayList<>();
  private final List<FakePod> pods = IntStream.range(0, 3).mapToObj(FakePod::new).toList();
  private final StatefulSet set = new StatefulSet(pods);

  @Test
  void recreatesPodsFromTheHighestOrdinalDown() throws InterruptedException {
    assertThat(set.roll(() -> true)).isTrue();

    assertThat(recreated).containsExactly(2, 1, 0);
  }

  @Test
  void waitsForNobodyBeforeTheFirst() {
    pods.forEach(pod -> pod.ready = false);

    assertThat(set.sync()).isFalse();

    assertThat(recreated).containsExactly(2);
  }

  @Test
  void doesNotWaitForAPodThatIsStillToBeUpdated() {
    set.sync();
    pods.get(1).ready = false;

    set.sync();

    assertThat(recreated).containsExactly(2, 1);
  }

  @Test
  void waitsForEveryPodThatHasBeenUpdated() {
    set.sync();
    set.sync();
    pods.get(2).ready = false;

    assertThat(set.sync()).isFalse();
    assertThat(recreated).containsExactly(2, 1);

    pods.get(2).ready = true;
    assertThat(set.sync()).isFalse();
    assertThat(recreated).containsExactly(2, 1, 0);
    assertThat(set.sync()).isTrue();
  }

  @Test
  void givesUpWhenItIsTold() throws InterruptedException {
    assertThat(set.roll(() -> false)).isFalse();
    assertThat(recreated).isEmpty();
  }

  private final class FakePod implements StatefulSet.Pod {

    private final int ordinal;
    private boolean ready = true;

    FakePod(int ordinal) {
      this.ordinal = ordinal;
    }

    @Override
    public void recreate() {
      recreated.add(ordinal);
    }

    @Override
    public boolean isReady() {
      return ready;
    }
  }
}
