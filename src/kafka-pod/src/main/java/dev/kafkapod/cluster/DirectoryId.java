package dev.kafkapod.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.common.Uuid;

/**
 * The part of the client's interface that tells by which disk a node follows the metadata log;
 * kafka-clients has it from 3.9 on.
 */
final class DirectoryId {

  private static final Optional<Method> REPLICA_DIRECTORY_ID = method();

  private DirectoryId() {}

  /**
   * The id of a replica's metadata directory; empty of static voters, of older Kafka, and for older
   * clients.
   */
  static Optional<String> of(ReplicaState replica) {
    return REPLICA_DIRECTORY_ID
        .map(method -> invoke(method, replica))
        .filter(id -> !Uuid.ZERO_UUID.equals(id))
        .map(Object::toString);
  }

  private static Optional<Method> method() {
    try {
      return Optional.of(ReplicaState.class.getMethod("replicaDirectoryId"));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static Object invoke(Method method, Object target) {
    try {
      return method.invoke(target);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("calling " + method + " failed", e);
    }
  }
}
