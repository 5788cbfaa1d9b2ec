/**
 * Reads one local Kafka process: its MBeans, over whichever connection there is, and its listener.
 */
package dev.kafkapod.broker;
