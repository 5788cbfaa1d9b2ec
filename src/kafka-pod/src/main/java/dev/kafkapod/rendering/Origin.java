package dev.kafkapod.rendering;

import java.util.Objects;

/**
 * Where a setting was written, so that a message leads there.
 *
 * @param layer which of the layers that win over each other
 * @param source the file's path, or the variable's name
 * @param line counted from 1; 0 for a variable
 */
public record Origin(Layer layer, String source, int line) {

  /** The layers, from the weakest to the strongest. */
  public enum Layer {
    TEMPLATE,
    MOUNTED,
    ENVIRONMENT
  }

  public Origin {
    Objects.requireNonNull(layer);
    Objects.requireNonNull(source);
  }

  /** A line of a file. */
  static Origin line(Layer layer, String file, int line) {
    return new Origin(layer, file, line);
  }

  /** A variable of the environment. */
  static Origin variable(String name) {
    return new Origin(Layer.ENVIRONMENT, name, 0);
  }

  /**
   * Whether it is the same place. A record's own {@code equals} would be made at run time, and cost
   * each start 20 ms.
   */
  boolean isSameAs(Origin other) {
    return layer == other.layer && line == other.line && source.equals(other.source);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
