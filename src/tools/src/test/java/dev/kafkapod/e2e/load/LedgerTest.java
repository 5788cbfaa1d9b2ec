package dev.kafkapod.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger();

  @Test
  void whatWasAcknowledgedAndNotReadIsMissing() {
    ledger.acknowledged(1);
    ledger.acknowledged(2);
    ledger.read(1);
    // its acknowledgement was lost on the way, or is still to come
    ledger.read(3);

    assertThat(ledger.missing()).isEqualTo(1);
    assertThat(ledger.acknowledgedCount()).isEqualTo(2);
    assertThat(ledger.readCount()).isEqualTo(2);
  }

  @Test
  void countsWhatCameTwice() {
    ledger.read(1);
    ledger.read(1);

    assertThat(ledger.duplicates()).isEqualTo(1);
    assertThat(ledger.readCount()).isEqualTo(1);
  }
}
