/**
 * Lives in the broker's own process and always knows the answer: watches the broker and its
 * cluster, and publishes the verdict as a file, over HTTP and as an MBean. A guest: whatever goes
 * wrong in here must not reach the broker.
 */
package dev.kafkapod.agent;
