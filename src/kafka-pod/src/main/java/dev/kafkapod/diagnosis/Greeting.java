package dev.kafkapod.diagnosis;

import dev.kafkapod.diagnosis.Sight.SightKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first words to whoever listens at an address, and what the answer shows. Each ends with, or
 * holds, an empty line: web servers wait for one.
 */
enum Greeting {

  /**
   * An ApiVersions request, which Kafka answers before anybody has logged in. The empty line is in
   * a tagged field of its header, which Kafka leaves alone (KIP-482).
   */
  KAFKA(kafka()) {
    @Override
    Sight isAnswered(byte[] answer) {
      return answer.length >= 8 && ByteBuffer.wrap(answer).getInt(4) == CORRELATION
          ? Sight.of(SightKind.KAFKA)
          : stranger(answer);
    }
  },

  /** Java's RMI, asked for a stream of calls: it acknowledges, and waits for our own address. */
  RMI(new byte[] {'J', 'R', 'M', 'I', 0, 2, 'K', '\r', '\n', '\r', '\n'}) {
    @Override
    Sight isAnswered(byte[] answer) {
      return answer[0] == ACKNOWLEDGED ? Sight.of(SightKind.RMI) : stranger(answer);
    }
  },

  /** A ClientHello of TLS 1.2 without extensions: refused or accepted, the answer is TLS. */
  TLS(tls()) {
    @Override
    Sight isAnswered(byte[] answer) {
      return stranger(answer);
    }
  };

  private static final int CORRELATION = 0x6b706f64;
  private static final byte ACKNOWLEDGED = 'N';
  private static final byte ALERT = 0x15;
  private static final byte HANDSHAKE = 0x16;
  private static final int SHOWN = 24;

  /** One character a byte. */
  private final String words;

  Greeting(byte[] words) {
    this.words = new String(words, StandardCharsets.ISO_8859_1);
  }

  byte[] words() {
    return words.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * What an answer shows.
   *
   * @param answer its first bytes, at least one
   */
  abstract Sight isAnswered(byte[] answer);

  private static Sight stranger(byte[] answer) {
    if (answer.length >= 2 && (answer[0] == ALERT || answer[0] == HANDSHAKE) && answer[1] == 3) {
      return Sight.of(SightKind.TLS);
    }
    String text = printable(answer);
    return text.startsWith("HTTP/") ? Sight.of(SightKind.HTTP) : new Sight(SightKind.OTHER, text);
  }

  private static String printable(byte[] answer) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < answer.length && text.length() < SHOWN; i++) {
      if (answer[i] < ' ' || answer[i] > '~') {
        break;
      }
      text.append((char) answer[i]);
    }
    return text.toString().strip();
  }

  private static byte[] kafka() {
    byte[] client = "kafka-pod".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer request = ByteBuffer.allocate(64);
    request.putInt(0);
    request.putShort((short) 18).putShort((short) 3).putInt(CORRELATION);
    request.putShort((short) client.length).put(client);
    request.put(new byte[] {1, 15, 4, '\r', '\n', '\r', '\n'}); // one field, tag 15, 4 bytes
    request.put((byte) (client.length + 1)).put(client); // the client's software,
    request.put(new byte[] {2, '1', 0}); // its version, no further fields
    byte[] whole = new byte[request.putInt(0, request.position() - 4).flip().remaining()];
    request.get(whole);
    return whole;
  }

  private static byte[] tls() {
    byte[] ciphers = {0x13, 0x01, (byte) 0xc0, 0x2b, (byte) 0xc0, 0x2f, 0x00, 0x2f};
    int length = 2 + 32 + 1 + 2 + ciphers.length + 2;
    ByteBuffer hello = ByteBuffer.allocate(9 + length);
    hello.put(HANDSHAKE).put((byte) 3).put((byte) 1).putShort((short) (length + 4));
    hello.put((byte) 1).put((byte) 0).putShort((short) length);
    hello.put((byte) 3).put((byte) 3).put(new byte[32]).put((byte) 0);
    hello.putShort((short) ciphers.length).put(ciphers);
    hello.put((byte) 1).put((byte) 0); // no compression
    return hello.array();
  }
}
