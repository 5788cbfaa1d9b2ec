package dev.kafkapod.stopping;

/**
 * What the process of the local broker says of itself, that the cluster can't know.
 *
 * @param id its node id
 * @param running whether it is RUNNING, so that it isn't starting
 * @param recoveryStalled whether it recovers its logs without getting anywhere
 */
record LocalBroker(int id, boolean running, boolean recoveryStalled) {}
