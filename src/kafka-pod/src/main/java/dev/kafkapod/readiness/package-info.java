/**
 * Decides, from what was observed of a broker and its cluster, whether the broker is ready, live
 * and started.
 *
 * <p>Pure: nothing in here reads a clock, a file, a socket or an MBean.
 */
package dev.kafkapod.readiness;
