/** Reads what a node's configuration and its disks say of its directories. */
package dev.kafkapod.nodeconfig;
