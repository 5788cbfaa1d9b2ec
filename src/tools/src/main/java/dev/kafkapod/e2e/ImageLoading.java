package dev.kafkapod.e2e;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Brings an image from the Docker engine to where a local cluster's node takes it from. */
final class ImageLoading {

  private static final long MINUTES = 10;

  private ImageLoading() {}

  /**
   * Does it.
   *
   * @param loader kind, minikube or none
   */
  static void load(String loader, String image) {
    List<String> command =
        switch (loader) {
          case "kind" -> List.of("kind", "load", "docker-image", image);
          case "minikube" -> List.of("minikube", "image", "load", image);
          default -> List.of();
        };
    if (command.isEmpty()) {
      return;
    }
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new CouldNotRun(
            "%s took longer than %d min".formatted(String.join(" ", command), MINUTES));
      }
      if (process.exitValue() != 0) {
        throw new CouldNotRun(
            "%s ended with %d".formatted(String.join(" ", command), process.exitValue()));
      }
    } catch (IOException e) {
      throw new CouldNotRun(
          "there is no %s on the PATH; install it, or --load-image none".formatted(loader));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CouldNotRun("interrupted");
    }
  }
}
