/**
 * The part of the agent that lies on the broker's class path: as small as can be, it loads the rest
 * from beside its jar.
 */
package dev.kafkapod.agent.boot;
