package dev.kafkapod.testing;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Ends a property at its first try that needs what isn't here. jqwik alone takes each for a try
 * whose parameters were rejected, and a property whose every try was rejected for a failure. Named
 * in META-INF/services.
 */
public final class NotRunInProperties implements AroundPropertyHook, AroundTryHook {

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor attempt, List<Object> parameters) {
    TryExecutionResult result = attempt.execute(parameters);
    Optional<NotRun> notRun =
        result.throwable().filter(NotRun.class::isInstance).map(NotRun.class::cast);
    notRun.ifPresent(it -> ofThisProperty().update(known -> notRun));
    return notRun.isPresent() ? TryExecutionResult.satisfied(true) : result;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Store<Optional<NotRun>> ended = ofThisProperty();
    PropertyExecutionResult result = property.execute();
    return ended
        .get()
        .map(it -> result.mapTo(PropertyExecutionResult.Status.ABORTED, it))
        .orElse(result);
  }

  private static Store<Optional<NotRun>> ofThisProperty() {
    return Store.getOrCreate(NotRunInProperties.class, Lifespan.PROPERTY, Optional::empty);
  }
}
