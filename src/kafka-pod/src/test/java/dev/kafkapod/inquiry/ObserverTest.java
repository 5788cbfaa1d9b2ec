package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ObserverTest {

  private static final Duration SOON = Duration.ofSeconds(2);

  /** Nor for the server of a token, or of Kerberos tickets, that doesn't answer. */
  @Test
  @Timeout(30)
  void theClusterIsNotBlamedForAFileThatNobodyWrites(@TempDir Path directory) throws Exception {
    Path pipe = directory.resolve("ca.pem");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    ClientSettings settings =
        new ClientSettings(
            Asked.BROKERS,
            List.of("127.0.0.1:9"),
            Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", pipe.toString()));
    AdminClusterProbe probe = new AdminClusterProbe(settings, SOON);

    Question<ClusterSnapshot> question =
        Observer.askClusterOnce(probe, settings, ClusterProbe.Detail.VERDICT, Deadline.in(SOON));

    try {
      assertThat(question.answer(Deadline.in(SOON)).cause())
          .contains(
              "no request was sent to 127.0.0.1:9 in time, because Kafka's client first reads the files that --command-config names; check them, and the CPU that this process gets");
    } finally {
      Files.writeString(pipe, "");
    }
  }
}
