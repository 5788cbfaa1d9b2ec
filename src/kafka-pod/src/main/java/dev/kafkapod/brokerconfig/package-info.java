/** Reads a broker's own configuration file, to reach its cluster the way that the broker does. */
package dev.kafkapod.brokerconfig;
