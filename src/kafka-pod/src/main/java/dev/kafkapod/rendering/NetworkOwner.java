package dev.kafkapod.rendering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whose the network is in which this process runs, as far as its interfaces tell. */
public enum NetworkOwner {

  /** A container's own, where nobody gets in unless a port is published, or a neighbour asks. */
  CONTAINER,

  /** A machine's, as with {@code --network host}. */
  MACHINE,

  /** Nobody can tell. */
  UNKNOWN;

  private static final String LOOPBACK = "lo";
  private static final String VIRTUAL = "/virtual/net/";

  /**
   * A network interface.
   *
   * @param virtual whether no device stands behind it: the end of a pair, a tunnel
   * @param bridge whether it joins others, as machines with containers have one
   */
  record Interface(boolean virtual, boolean bridge) {}

  /**
   * Reads the interfaces.
   *
   * @param folder /sys/class/net, with a link for each; it shows the network of the process
   */
  public static NetworkOwner read(Path folder) {
    try (Stream<Path> links = Files.list(folder)) {
      return of(
          links
              .filter(it -> Files.isSymbolicLink(it) && !it.endsWith(LOOPBACK))
              .map(NetworkOwner::look)
              .toList());
    } catch (IOException | UncheckedIOException e) {
      return UNKNOWN;
    }
  }

  private static Interface look(Path link) {
    try {
      return new Interface(
          Files.readSymbolicLink(link).toString().contains(VIRTUAL),
          Files.exists(link.resolve("bridge")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Judges interfaces, loopback left out. A device is a machine's, and so is a bridge; where in
   * doubt the network isn't the container's, because then somebody's address would be bound
   * unasked.
   */
  static NetworkOwner of(List<Interface> interfaces) {
    if (interfaces.isEmpty()) {
      return UNKNOWN;
    }
    return interfaces.stream().allMatch(it -> it.virtual() && !it.bridge()) ? CONTAINER : MACHINE;
  }
}
