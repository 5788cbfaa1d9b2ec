/** Unpacks Kafka's native libraries once, while an image is made, so that no broker has to. */
package dev.kafkapod.natives;
