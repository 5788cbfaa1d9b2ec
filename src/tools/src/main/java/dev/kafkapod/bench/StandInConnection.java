package dev.kafkapod.bench;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;

/** One client of a stand-in broker: requests in, responses out, one after the other. */
final class StandInConnection implements Runnable {

  private static final int LONGEST_REQUEST = 1 << 20;

  private final Socket socket;
  private final StandInAnswers answers;

  StandInConnection(Socket socket, StandInAnswers answers) {
    this.socket = socket;
    this.answers = answers;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        answer(in, out);
      }
    } catch (EOFException e) {
      // the client has gone
    } catch (IOException | RuntimeException e) {
      System.err.println("stand-in: closing a connection: " + e);
    }
  }

  private void answer(DataInputStream in, OutputStream out) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > LONGEST_REQUEST) {
      throw new IOException("a request of " + size + " bytes");
    }
    ByteBuffer request = ByteBuffer.wrap(in.readNBytes(size));
    RequestHeader header = RequestHeader.parse(request);
    ByteBuffer body =
        answers.to(
            AbstractRequest.parseRequest(
                    header.apiKey(), header.apiVersion(), new ByteBufferAccessor(request))
                .request);
    ByteBuffer start =
        MessageUtil.toByteBufferAccessor(
                new ResponseHeaderData().setCorrelationId(header.correlationId()),
                header.apiKey().responseHeaderVersion(header.apiVersion()))
            .buffer();
    ByteBuffer framed = ByteBuffer.allocate(Integer.BYTES + start.remaining());
    framed.putInt(start.remaining() + body.remaining()).put(start);
    // the body as it is: what is prepared for all clients isn't copied for each
    out.write(framed.array());
    out.write(body.array(), body.arrayOffset() + body.position(), body.remaining());
    out.flush();
  }
}
