package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Judges what {@code kafka-pod render} costs by itself without its archive of classes, and by a JVM
 * that starts and does nothing; all three take turns.
 *
 * @param with the archive
 * @param without it
 * @param jvm {@code java -version} of the same Java
 */
record RenderFigures(List<Cost> with, List<Cost> without, List<Cost> jvm) {

  private static final double OF_WITHOUT = 0.50;

  /** Without it a render that became slower on both sides would go unnoticed. */
  private static final double WALL_OF_JVM = 10;

  private static final double MEMORY_OF_JVM = 2;

  List<Aim> aims() {
    return List.of(
        sides(without, it -> it.wall().toNanos())
            .atMost("wall, with archive / without", OF_WITHOUT),
        sides(jvm, it -> it.wall().toNanos()).atMost("wall, render / java -version", WALL_OF_JVM),
        sides(jvm, Cost::memory).atMost("memory, render / java -version", MEMORY_OF_JVM));
  }

  private Sides sides(List<Cost> other, ToDoubleFunction<Cost> figure) {
    return new Sides(
        with.stream().mapToDouble(figure).boxed().toList(),
        other.stream().mapToDouble(figure).boxed().toList());
  }
}
