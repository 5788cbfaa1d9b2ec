package dev.kafkapod.rendering;

import static dev.kafkapod.rendering.NetworkOwner.CONTAINER;
import static dev.kafkapod.rendering.NetworkOwner.MACHINE;
import static dev.kafkapod.rendering.NetworkOwner.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose network it is, by folders like /sys/class/net, and what is bound for it. */
class NetworkOwnerTest {

  @TempDir private Path folder;

  private void device(String name, String path) throws IOException {
    Path device = Files.createDirectories(folder.resolve("devices").resolve(path).resolve(name));
    Files.createSymbolicLink(Files.createDirectories(folder.resolve("net")).resolve(name), device);
  }

  private NetworkOwner owner() {
    return NetworkOwner.read(folder.resolve("net"));
  }

  @Test
  void aPairsEndAloneIsAContainers() throws IOException {
    device("lo", "virtual/net");
    device("eth0", "virtual/net");
    device("tunl0", "virtual/net");

    assertThat(owner()).isEqualTo(CONTAINER);
  }

  @Test
  void aDeviceIsAMachines() throws IOException {
    device("lo", "virtual/net");
    device("eth0", "pci0000:00/0000:00:03.0/virtio2/net");
    device("veth12", "virtual/net");

    assertThat(owner()).isEqualTo(MACHINE);
  }

  @Test
  void aBridgeIsOfSomebodyWhoHasContainers() throws IOException {
    device("lo", "virtual/net");
    device("eth0", "virtual/net");
    device("docker0", "virtual/net");
    Files.createDirectory(folder.resolve("devices/virtual/net/docker0/bridge"));

    assertThat(owner()).isEqualTo(MACHINE);
  }

  @Test
  void nobodyCanTellWithoutInterfaces() throws IOException {
    assertThat(owner()).isEqualTo(UNKNOWN);
    device("lo", "virtual/net");
    assertThat(owner()).isEqualTo(UNKNOWN);
  }

  @Test
  void onlyAContainersOwnNetworkIsBoundUnasked() {
    assertThat(BindAddress.of("container", () -> CONTAINER).host()).isEqualTo("0.0.0.0");
    assertThat(BindAddress.of("container", () -> MACHINE).host()).isEqualTo("127.0.0.1");
    assertThat(BindAddress.of("container", () -> UNKNOWN).host()).isEqualTo("127.0.0.1");
  }

  @Test
  void anAddressIsTakenAsItIsAndNoNetworkLookedAt() {
    assertThat(bound("0.0.0.0")).isEqualTo("0.0.0.0");
    assertThat(bound("fd00::3")).isEqualTo("[fd00::3]");
    assertThat(bound("[::1]")).isEqualTo("[::1]");
    assertThat(bound("kafka-1")).isEqualTo("kafka-1");
  }

  private static String bound(String value) {
    return BindAddress.of(
            BindAddress.checked(value),
            () -> {
              throw new AssertionError("looked");
            })
        .host();
  }
}
