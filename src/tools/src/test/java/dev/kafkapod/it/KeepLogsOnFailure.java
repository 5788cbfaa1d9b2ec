package dev.kafkapod.it;

import dev.kafkapod.testing.KafkaCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Keeps brokers' logs when a test has failed, and says where they are. Registered for all tests, as
 * a service.
 */
public final class KeepLogsOnFailure implements TestWatcher {

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    List<Path> directories = KafkaCluster.keepAll();
    if (!directories.isEmpty()) {
      context.publishReportEntry("logs kept in", directories.toString());
    }
  }
}
