package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Trees;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice between pods' own addresses and a cloud's internal load balancers. */
class LoadBalancersTest {

  @ParameterizedTest
  @ValueSource(strings = {"dev", "single", "stretch-a", "stretch-b", "stretch-witness"})
  void noneIsMadeUnlessSomebodyChoosesIt(String overlay) {
    assertThat(Overlay.build(overlay).all(Service.class))
        .extracting(it -> it.getSpec().getType())
        .containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource({
    "aws, stretch-a, 4",
    "aws, stretch-witness, 1",
    "azure, stretch-b, 4",
    "gke, stretch-a, 4"
  })
  void aCloudsComponentMakesThemInternalAndBreaksNoRule(
      String cloud, String overlay, int services, @TempDir Path directory) throws IOException {
    Trees.copy(Path.of("deploy"), directory.resolve("deploy"));
    Path mine = Files.createDirectory(directory.resolve("mine"));
    Files.writeString(
        mine.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - ../deploy/overlays/%s
        components:
          - ../deploy/components/load-balancers/%s
        """
            .formatted(overlay, cloud));

    Overlay built = new Overlay(cloud, KubernetesModel.read(Kustomize.build(mine)));

    List<Service> balancers =
        built.all(Service.class).stream()
            .filter(it -> "LoadBalancer".equals(it.getSpec().getType()))
            .toList();
    assertThat(balancers)
        .hasSize(services)
        .allMatch(it -> it.getMetadata().getName().endsWith("-external"))
        .allMatch(it -> it.getSpec().getClusterIP() == null);
    assertThat(Rules.broken(built)).isEmpty();
  }
}
