package dev.kafkapod.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What may be lost, in words, and all the ways in which that can happen: each a set of node ids.
 * What is said of it is said of the worst of them.
 */
record Failure(String name, Function<Layout, List<Set<Integer>>> ways) {

  /** Of one Kubernetes cluster. */
  static List<Failure> single() {
    return List.of(
        new Failure("one broker", Failure::broker),
        new Failure("two brokers", both(Failure::broker, Failure::broker)),
        new Failure("one controller", Failure::controller),
        new Failure("two controllers", both(Failure::controller, Failure::controller)),
        new Failure("a zone", Failure::zone),
        new Failure("a zone, and a broker in another", both(Failure::zone, Failure::broker)),
        new Failure(
            "a zone, and a controller in another", both(Failure::zone, Failure::controller)));
  }

  /** Of a cluster that is stretched over two. */
  static List<Failure> stretch() {
    return List.of(
        new Failure("one broker", Failure::broker),
        new Failure("one broker on each side", both(Failure::sideA, Failure::sideB)),
        new Failure("two brokers on one side, one on the other", Failure::three),
        new Failure("one controller", Failure::controller),
        new Failure("two controllers", both(Failure::controller, Failure::controller)),
        new Failure("the third site", Failure::thirdSite),
        new Failure("a zone", Failure::zone),
        new Failure("a zone, and a broker in another", both(Failure::zone, Failure::broker)),
        new Failure(
            "a zone, and a controller in another", both(Failure::zone, Failure::controller)),
        new Failure("two zones", both(Failure::zone, Failure::zone)),
        new Failure("a Kubernetes cluster", Failure::cluster),
        new Failure(
            "a Kubernetes cluster, and a broker of the other",
            both(Failure::cluster, Failure::broker)),
        new Failure(
            "a Kubernetes cluster, and the third site", both(Failure::cluster, Failure::thirdSite)),
        new Failure(
            "a Kubernetes cluster, and a zone of the other",
            both(Failure::cluster, Failure::zone)));
  }

  private static Predicate<Layout.Site> in(String cluster) {
    return site -> site.cluster().equals(cluster);
  }

  private static List<Set<Integer>> broker(Layout layout) {
    return each(layout.brokers().keySet());
  }

  private static List<Set<Integer>> controller(Layout layout) {
    return each(layout.controllers().keySet());
  }

  private static List<Set<Integer>> zone(Layout layout) {
    return Stream.of("zone-a", "zone-b", "zone-c")
        .map(zone -> layout.nodes(site -> site.zone().equals(zone)))
        .toList();
  }

  private static List<Set<Integer>> cluster(Layout layout) {
    return Stream.of("a", "b").map(name -> layout.nodes(in(name))).toList();
  }

  private static List<Set<Integer>> thirdSite(Layout layout) {
    return List.of(layout.nodes(in("third")));
  }

  private static List<Set<Integer>> sideA(Layout layout) {
    return each(layout.brokers(in("a")));
  }

  private static List<Set<Integer>> sideB(Layout layout) {
    return each(layout.brokers(in("b")));
  }

  private static List<Set<Integer>> three(Layout layout) {
    List<Set<Integer>> ways =
        new ArrayList<>(both(both(Failure::sideA, Failure::sideA), Failure::sideB).apply(layout));
    ways.addAll(both(both(Failure::sideB, Failure::sideB), Failure::sideA).apply(layout));
    return ways;
  }

  private static List<Set<Integer>> each(Set<Integer> ids) {
    return ids.stream().sorted().map(Set::of).toList();
  }

  /** Both at once, where the second takes something that the first doesn't. */
  private static Function<Layout, List<Set<Integer>>> both(
      Function<Layout, List<Set<Integer>>> one, Function<Layout, List<Set<Integer>>> other) {
    return layout -> {
      List<Set<Integer>> ways = new ArrayList<>();
      for (Set<Integer> first : one.apply(layout)) {
        for (Set<Integer> second : other.apply(layout)) {
          Set<Integer> union = new TreeSet<>(first);
          if (union.addAll(second)) {
            ways.add(union);
          }
        }
      }
      return ways;
    };
  }
}
