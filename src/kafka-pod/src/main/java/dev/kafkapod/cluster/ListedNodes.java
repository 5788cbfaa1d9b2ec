package dev.kafkapod.cluster;

import dev.kafkapod.readiness.ClusterNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Node;

/**
 * What the cluster says of its brokers.
 *
 * @param listsFenced whether fenced ones are among them
 */
record ListedNodes(String clusterId, List<ClusterNode> all, boolean listsFenced) {
  ListedNodes {
    all = List.copyOf(all);
  }

  List<String> live() {
    return all.stream().filter(node -> !node.fenced()).map(ClusterNode::address).toList();
  }

  Map<Integer, String> racks() {
    Map<Integer, String> racks = new HashMap<>();
    all.forEach(node -> node.rack().ifPresent(rack -> racks.put(node.id(), rack)));
    return racks;
  }

  List<Integer> liveIdList() {
    return all.stream().filter(node -> !node.fenced()).map(ClusterNode::id).toList();
  }

  BrokerIds liveIds() {
    return BrokerIds.of(liveIdList());
  }

  static ClusterNode node(Node node) {
    return new ClusterNode(
        node.id(),
        node.host(),
        node.port(),
        Optional.ofNullable(node.rack()),
        FencedBrokersApi.isFenced(node));
  }
}
