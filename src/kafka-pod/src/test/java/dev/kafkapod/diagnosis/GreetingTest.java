package dev.kafkapod.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.diagnosis.Sight.SightKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;

class GreetingTest {

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void isAWholeRequestToKafkaWithAnEmptyLineForWebServers() {
    byte[] words = Greeting.KAFKA.words();
    ByteBuffer request = ByteBuffer.wrap(words);

    assertThat(request.getInt()).isEqualTo(words.length - 4);
    RequestHeader header = RequestHeader.parse(request);
    assertThat(header.apiKey()).isEqualTo(ApiKeys.API_VERSIONS);
    assertThat(header.clientId()).isEqualTo("kafka-pod");
    ApiVersionsRequestData data =
        new ApiVersionsRequestData(new ByteBufferAccessor(request), header.apiVersion());
    assertThat(data.clientSoftwareName()).isEqualTo("kafka-pod");
    assertThat(data.clientSoftwareVersion()).isEqualTo("1");
    assertThat(request.hasRemaining()).isFalse();
    assertThat(new String(words, StandardCharsets.ISO_8859_1)).contains("\r\n\r\n");
    assertThat(words.length).as("few, for a port that isn't Kafka's").isLessThan(64);
  }

  @Test
  void knowsWhoAnswers() {
    assertThat(Greeting.KAFKA.isAnswered(bytes(0, 0, 1, 0, 0x6b, 0x70, 0x6f, 0x64)))
        .isEqualTo(Sight.of(SightKind.KAFKA));
    assertThat(Greeting.KAFKA.isAnswered(bytes(0, 0, 1, 0, 0, 0, 0, 1)))
        .isEqualTo(Sight.of(SightKind.OTHER));
    assertThat(Greeting.KAFKA.isAnswered(bytes(0x15, 3, 3, 0, 2, 2, 80)))
        .isEqualTo(Sight.of(SightKind.TLS));
    assertThat(Greeting.TLS.isAnswered(bytes(0x16, 3, 3, 0, 90)))
        .isEqualTo(Sight.of(SightKind.TLS));
    assertThat(Greeting.KAFKA.isAnswered(text("HTTP/1.1 400 Bad Request\r\n")))
        .isEqualTo(Sight.of(SightKind.HTTP));
    assertThat(Greeting.KAFKA.isAnswered(text("SSH-2.0-OpenSSH_9.2p1 and more of it\r\n")))
        .isEqualTo(new Sight(SightKind.OTHER, "SSH-2.0-OpenSSH_9.2p1 an"));
    assertThat(Greeting.RMI.isAnswered(text("N"))).isEqualTo(Sight.of(SightKind.RMI));
    assertThat(Greeting.RMI.isAnswered(bytes(0x15, 3, 3))).isEqualTo(Sight.of(SightKind.TLS));
    assertThat(Greeting.KAFKA.isAnswered(bytes(0x1b, '[', '3')))
        .isEqualTo(Sight.of(SightKind.OTHER));
  }
}
