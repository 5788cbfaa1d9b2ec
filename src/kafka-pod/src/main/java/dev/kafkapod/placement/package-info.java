/**
 * Decides whether partitions are spread over zones and Kubernetes clusters as well as their brokers
 * allow, and by which moves they would be.
 *
 * <p>Pure: nothing in here reads a clock, a file, a socket or an MBean.
 */
package dev.kafkapod.placement;
