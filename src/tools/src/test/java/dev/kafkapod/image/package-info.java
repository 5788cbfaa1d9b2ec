/** The built image, in containers. */
package dev.kafkapod.image;
