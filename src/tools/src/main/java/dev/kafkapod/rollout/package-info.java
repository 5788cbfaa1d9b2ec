/**
 * What {@code scripts/rollout} runs: a rolling update of real brokers by a simulation of
 * Kubernetes' StatefulSet controller, and a report with a picture of it.
 */
package dev.kafkapod.rollout;
