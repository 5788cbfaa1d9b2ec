/**
 * The manifests in {@code deploy/}: what Kubernetes takes, our own rules, and each pod's settings.
 */
package dev.kafkapod.deploy;
