/** Tests {@code scripts/entrypoint} in every shell, with stand-ins for what it starts. */
package dev.kafkapod.entrypoint;
