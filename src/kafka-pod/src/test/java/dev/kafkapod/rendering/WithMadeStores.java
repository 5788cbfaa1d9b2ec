package dev.kafkapod.rendering;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests with stores and certificates that are made once for all of them. */
abstract class WithMadeStores {

  @TempDir static Path stores;

  @BeforeAll
  static void makeStores() {
    MadeStores.write(stores);
  }

  static String store(String file) {
    return stores.resolve(file).toString();
  }

  static Map<String, String> trusting(String... more) {
    return TlsOracle.trusting(stores.resolve("ca.p12"), more);
  }
}
