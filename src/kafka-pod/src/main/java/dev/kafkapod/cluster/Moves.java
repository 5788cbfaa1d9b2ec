package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.ControlPlane;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.PartitionReassignment;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/** Running reassignments; and, where the controller wouldn't tell, what that says of it. */
record Moves(
    Map<TopicPartition, PartitionReassignment> reassignments, Optional<ControlPlane> controlPlane) {

  /** Waits for them. */
  static Moves await(
      KafkaFuture<Map<TopicPartition, PartitionReassignment>> reassignments, Deadline deadline) {
    try {
      return new Moves(
          Calls.await(reassignments, "asking the controller for reassignments", deadline),
          Optional.empty());
    } catch (AuthorizationException e) {
      return new Moves(Map.of(), Optional.of(AdminClusterProbe.missingAcl()));
    } catch (KafkaException e) {
      return new Moves(
          Map.of(),
          Optional.of(new ControlPlane.Silent("no controller answers: " + Calls.oneLine(e))));
    } catch (Unanswered e) {
      return new Moves(
          Map.of(),
          Optional.of(new ControlPlane.Silent("no controller answers: " + e.getMessage())));
    }
  }
}
