/** The story that {@code scripts/try} tells: what kafka-pod is for, shown on three real brokers. */
package dev.kafkapod.tryout;
