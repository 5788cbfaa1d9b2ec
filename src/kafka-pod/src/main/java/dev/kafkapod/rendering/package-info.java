/**
 * Renders a pod's configuration files from a template, mounted files and the environment, and finds
 * everything that is wrong with them before a broker starts.
 */
package dev.kafkapod.rendering;
