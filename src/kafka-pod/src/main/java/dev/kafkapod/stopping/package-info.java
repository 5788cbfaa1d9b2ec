/**
 * Decides, from what was observed of a cluster, what stopping some of its nodes would break.
 *
 * <p>Pure: nothing in here reads a clock, a file, a socket or an MBean.
 */
package dev.kafkapod.stopping;
