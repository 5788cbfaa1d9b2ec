/**
 * The file in which the agent says that the cluster is being torn down, for whoever stops the
 * broker when there is no cluster left to ask.
 */
package dev.kafkapod.teardownfile;
