/**
 * The one reader of what a node's configuration and its disks say: server.properties, listeners,
 * the node id and meta.properties, for rendering, storage, agent and command line alike.
 */
package dev.kafkapod.nodeconfig;
