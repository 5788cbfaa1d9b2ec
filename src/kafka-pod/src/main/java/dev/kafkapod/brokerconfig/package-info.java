/**
 * Reads from a broker's own configuration how it reaches its cluster: by which listener, and with
 * which login.
 */
package dev.kafkapod.brokerconfig;
