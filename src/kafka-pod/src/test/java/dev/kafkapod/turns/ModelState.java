package dev.kafkapod.turns;

import java.util.Arrays;

/**
 * A state of the model in three numbers.
 *
 * @param log the number of the {@link ModelLog}
 * @param waitings 16 bits for each waiting: where it is, whom it has read of, and three flags
 * @param world 2 bits for each node, then 2 bits for what is left of each kind of fault
 */
@SuppressWarnings("EnumOrdinal") // millions of states are kept, each packed into a few bits
record ModelState(int log, long waitings, int world) {

  /** Where a waiting is: what it does next, or how it ended. */
  enum Where {
    /** It writes that it asks. */
    ASK,
    /** It reads the topic. */
    READ,
    /** It asks the cluster, and decides. */
    LOOK,
    /** It writes that it goes. */
    GO,
    /** It reads beyond its GOES. */
    GO_READ,
    /** It asks the cluster, and decides. */
    GO_LOOK,
    /** After the first yes it reads once more. */
    CONFIRM_READ,
    /** It asks the cluster once more, and decides. */
    CONFIRM_LOOK,
    /** It writes that it is let go. */
    LET_GO,
    /** It reads beyond that, and looks whether that was in time. */
    CHECK,
    /** That was in time: the stop is let go, and the node still goes on. */
    LEFT,
    /** Its node is down by that. */
    DOWN,
    /** Its node is there again; the agent hasn't released it yet. */
    BACK,
    /** It is over. */
    DONE
  }

  /** How a node is. Who looks just after a change may see what was before. */
  enum Node {
    UP,
    JUST_DOWN,
    DOWN,
    JUST_UP
  }

  static final int STUCK = 1;
  static final int OVER = 2;
  static final int FORCED = 4;

  private static final Where[] WHERE = Where.values();
  private static final Node[] NODE = Node.values();
  private static final int NODES = 10;

  private ModelState with(int waiting, int shift, long mask, long value) {
    int at = 16 * waiting + shift;
    return new ModelState(log, (waitings & ~(mask << at)) | (value << at), world);
  }

  Where where(int waiting) {
    return WHERE[(int) (waitings >> (16 * waiting)) & 15];
  }

  ModelState where(int waiting, Where where) {
    return with(waiting, 0, 15, where.ordinal());
  }

  int seen(int waiting) {
    return (int) (waitings >> (16 * waiting + 4)) & 31;
  }

  ModelState seen(int waiting, int nodes) {
    return with(waiting, 4, 31, nodes);
  }

  boolean has(int waiting, int flag) {
    return ((waitings >> (16 * waiting + 9)) & flag) != 0;
  }

  ModelState with(int waiting, int flag) {
    return new ModelState(log, waitings | ((long) flag << (16 * waiting + 9)), world);
  }

  ModelState without(int waiting, int flag) {
    return new ModelState(log, waitings & ~((long) flag << (16 * waiting + 9)), world);
  }

  ModelState log(int other) {
    return new ModelState(other, waitings, world);
  }

  Node node(int node) {
    return NODE[(world >> (2 * node)) & 3];
  }

  ModelState node(int node, Node is) {
    int at = 2 * node;
    return new ModelState(log, waitings, (world & ~(3 << at)) | (is.ordinal() << at));
  }

  int left(ModelConfig.Fault fault) {
    return (world >> (NODES + 2 * fault.ordinal())) & 3;
  }

  ModelState spent(ModelConfig.Fault fault) {
    return new ModelState(log, waitings, world - (1 << (NODES + 2 * fault.ordinal())));
  }

  /** What there is of a waiting and its node: equal where one may stand for the other. */
  private long content(int waiting) {
    return ((waitings >> (16 * waiting)) & 0xffff) << 2 | ((world >> (2 * waiting)) & 3);
  }

  /** The state that stands for all that differ from this one by the waitings' names only. */
  ModelState representative(ModelLogs logs, int count) {
    long[] order = new long[count];
    boolean sorted = true;
    for (int i = 0; i < count; i++) {
      order[i] = (content(i) << 8) | (logs.rank(log, i) << 4) | i;
      sorted &= i == 0 || order[i - 1] < order[i];
    }
    if (sorted) {
      return this;
    }
    Arrays.sort(order);
    int[] names = new int[count];
    long sortedWaitings = 0;
    int sortedWorld = world >> (2 * count) << (2 * count);
    for (int i = 0; i < count; i++) {
      names[(int) (order[i] & 15)] = i;
      sortedWaitings |= ((order[i] >> 10) & 0xffff) << (16 * i);
      sortedWorld |= (int) ((order[i] >> 8) & 3) << (2 * i);
    }
    return new ModelState(logs.renamed(log, names), sortedWaitings, sortedWorld);
  }

  static ModelState start(int log, ModelConfig config) {
    int world = 0;
    for (ModelConfig.Fault it : ModelConfig.Fault.values()) {
      world += config.budget().get(it.ordinal()) << (NODES + 2 * it.ordinal());
    }
    return new ModelState(log, 0, world);
  }

  @Override
  public int hashCode() {
    long hash = (waitings * 31 + world) * 0x9E3779B97F4A7C15L + log * 0xC2B2AE3D27D4EB4FL;
    return (int) (hash ^ (hash >>> 32));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelState it
        && it.log == log
        && it.waitings == waitings
        && it.world == world;
  }

  String describe(ModelConfig config) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < config.waitings(); i++) {
      text.append(ModelLog.id(i)).append(' ').append(where(i));
      text.append(has(i, OVER) ? " over" : "").append(has(i, FORCED) ? " forced; " : "; ");
    }
    for (int i = 0; i < config.nodeCount(); i++) {
      text.append(i).append(' ').append(node(i)).append(i + 1 < config.nodeCount() ? ", " : "");
    }
    return text.toString();
  }
}
