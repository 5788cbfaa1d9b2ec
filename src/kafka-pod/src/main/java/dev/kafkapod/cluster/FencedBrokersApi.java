package dev.kafkapod.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.Node;

/**
 * The part of the client's interface that tells which brokers are fenced; kafka-clients has it from
 * 4.0 on.
 */
final class FencedBrokersApi {

  private static final Optional<Method> INCLUDE =
      method(DescribeClusterOptions.class, "includeFencedBrokers", boolean.class);
  private static final Optional<Method> IS_FENCED = method(Node.class, "isFenced");

  private FencedBrokersApi() {}

  /** Whether this kafka-clients can ask for them. */
  static boolean canBeAskedFor() {
    return INCLUDE.isPresent() && IS_FENCED.isPresent();
  }

  /** Asks for fenced brokers too; nothing happens where {@link #canBeAskedFor} says no. */
  static void include(DescribeClusterOptions options) {
    INCLUDE.ifPresent(include -> invoke(include, options, true));
  }

  static boolean isFenced(Node node) {
    return IS_FENCED.map(isFenced -> (boolean) invoke(isFenced, node)).orElse(false);
  }

  private static Optional<Method> method(Class<?> owner, String name, Class<?>... parameters) {
    try {
      return Optional.of(owner.getMethod(name, parameters));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static Object invoke(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("calling " + method + " failed", e);
    }
  }
}
