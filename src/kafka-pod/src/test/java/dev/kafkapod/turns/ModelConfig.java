package dev.kafkapod.turns;

import java.util.Arrays;
import java.util.List;

/**
 * What is enumerated.
 *
 * @param nodes of each waiting, its node's number, from 0 on
 * @param groups what must not break
 * @param nodeCount how many nodes there are
 * @param budget how often each fault may happen, by {@link Fault}'s ordinal; at most 3
 * @param lag whether a picture may show a node as it was just before
 * @param grain how much of a waiting's work is one step
 */
@SuppressWarnings("EnumOrdinal") // millions of states are kept, each packed into a few bits
record ModelConfig(
    List<Integer> nodes,
    List<Group> groups,
    int nodeCount,
    List<Integer> budget,
    boolean lag,
    Grain grain) {

  /** How finely the waitings' work is mixed. */
  enum Grain {
    /** Others may act between any two accesses. */
    FINE,
    /** To read the topic and to ask the cluster is one step. */
    MEDIUM,
    /** So is what is written then. */
    COARSE
  }

  /** What happens without anybody's wish. A pause costs nothing: time may be over at any moment. */
  enum Fault {
    /** The process that waits ends; its records stay. Or it is interrupted, and releases. */
    END,
    /** A record comes late, twice or never, or its writer doesn't hear of it. */
    WRITE,
    /** Somebody releases a request. */
    RELEASE,
    /** A node goes down by itself. */
    NODE,
    /** A waiting lets its stop go whatever the verdict: --max-wait is over, or an override. */
    FORCE,
    /** Who asks the cluster gets no answer. */
    SILENCE
  }

  /**
   * Nodes of which some must stay: a partition's replicas, or the quorum's voters.
   *
   * @param members a bit for each node
   */
  record Group(int members, int needed) {
    boolean breaks(int own, int gone) {
      return (members & own) != 0 && Integer.bitCount(members & ~gone) < needed;
    }
  }

  static ModelConfig of(List<Group> groups, int nodeCount, Integer... nodes) {
    return new ModelConfig(
        List.of(nodes), groups, nodeCount, List.of(0, 0, 0, 0, 0, 0), false, Grain.MEDIUM);
  }

  /** All of the nodes but so many may be down. */
  static Group group(int needed, int... members) {
    return new Group(Arrays.stream(members).map(it -> 1 << it).sum(), needed);
  }

  ModelConfig with(Fault fault, int times) {
    Integer[] changed = budget.toArray(Integer[]::new);
    changed[fault.ordinal()] = times;
    return new ModelConfig(nodes, groups, nodeCount, List.of(changed), lag, grain);
  }

  ModelConfig lagging() {
    return new ModelConfig(nodes, groups, nodeCount, budget, true, grain);
  }

  ModelConfig in(Grain other) {
    return new ModelConfig(nodes, groups, nodeCount, budget, lag, other);
  }

  /**
   * Whether it is all the same which waiting is which, and has which node. In the finest steps
   * states have nodes' numbers in them.
   */
  boolean isSymmetric() {
    if (grain == Grain.FINE) {
      return false;
    }
    int all = (1 << waitings()) - 1;
    for (int i = 0; i < waitings(); i++) {
      if (nodes.get(i) != i) {
        return false;
      }
    }
    return groups.stream().allMatch(it -> (it.members() & all) == all);
  }

  int waitings() {
    return nodes.size();
  }

  boolean breaks(int own, int gone) {
    for (Group it : groups) {
      if (it.breaks(own, gone)) {
        return true;
      }
    }
    return false;
  }
}
