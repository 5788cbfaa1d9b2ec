/** Kafka's own files of partitions and their replicas, as kafka-reassign-partitions.sh has them. */
package dev.kafkapod.reassignmentfile;
