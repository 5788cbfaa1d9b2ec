package dev.kafkapod.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** One request to one certain node, and its response. */
final class Exchange {

  private Exchange() {}

  /**
   * Asks a node.
   *
   * @param port of a PLAINTEXT listener
   * @throws IOException if it doesn't answer in time
   */
  static AbstractResponse with(
      String host, int port, AbstractRequest request, RequestHeader header, Duration limit)
      throws IOException {
    ByteBuffer message = request.serializeWithHeader(header);
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) limit.toMillis());
      socket.connect(new InetSocketAddress(host, port), (int) limit.toMillis());
      ByteBuffer framed = ByteBuffer.allocate(Integer.BYTES + message.remaining());
      framed.putInt(message.remaining()).put(message);
      OutputStream out = socket.getOutputStream();
      out.write(framed.array());
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readInt()];
      in.readFully(answer);
      return AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
    }
  }
}
