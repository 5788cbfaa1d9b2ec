/**
 * What {@code scripts/e2e-kubernetes} runs: rollouts, a bad revision and evictions on a real
 * Kubernetes, through kubectl.
 */
package dev.kafkapod.e2e;
