/** The packaged command against real Kafka clusters. */
package dev.kafkapod.it;
