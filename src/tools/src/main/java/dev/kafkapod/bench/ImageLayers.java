package dev.kafkapod.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.testing.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * What each layer of an image's tar weighs.
 *
 * @param compressed bytes of each layer as it is shipped, the base's first
 * @param unpacked bytes of the same layers' tars
 */
record ImageLayers(List<Long> compressed, List<Long> unpacked) {

  ImageLayers {
    compressed = List.copyOf(compressed);
    unpacked = List.copyOf(unpacked);
  }

  /**
   * Reads them.
   *
   * @param image as scripts/image makes it
   */
  static ImageLayers read(Path image) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("bench-image");
    try {
      Process tar =
          new ProcessBuilder("tar", "-xf", image.toString(), "-C", scratch.toString())
              .inheritIO()
              .start();
      if (!tar.waitFor(2, TimeUnit.MINUTES) || tar.exitValue() != 0) {
        throw new IOException("tar can't unpack " + image);
      }
      JsonNode manifest = new ObjectMapper().readTree(scratch.resolve("manifest.json").toFile());
      List<Long> compressed = new ArrayList<>();
      List<Long> unpacked = new ArrayList<>();
      for (JsonNode layer : manifest.path(0).path("Layers")) {
        Path file = scratch.resolve(layer.asText());
        compressed.add(Files.size(file));
        try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
          unpacked.add(bytes.transferTo(OutputStream.nullOutputStream()));
        }
      }
      return new ImageLayers(compressed, unpacked);
    } finally {
      Trees.delete(scratch);
    }
  }
}
