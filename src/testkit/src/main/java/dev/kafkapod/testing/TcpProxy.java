package dev.kafkapod.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** A network that a test can cut: listens on a loopback port and forwards to another. */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = new HashSet<>();
  private volatile boolean cut;

  /**
   * Starts to forward.
   *
   * @param host the loopback address to listen on
   * @param port the port to listen on
   * @throws UncheckedIOException if the port is taken
   */
  public TcpProxy(String host, int port, String targetHost, int targetPort) {
    target = new InetSocketAddress(targetHost, targetPort);
    try {
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException e) {
      throw new UncheckedIOException("proxy on %s:%d could not listen".formatted(host, port), e);
    }
    startThread("accept", this::accept);
  }

  /** A proxy on a free port of 127.0.0.1. */
  public static TcpProxy to(String targetHost, int targetPort) {
    return new TcpProxy("127.0.0.1", FreePorts.find("127.0.0.1"), targetHost, targetPort);
  }

  /** The address it listens on, as host:port. */
  public String address() {
    return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
  }

  /**
   * From now on nothing gets through, as when a network partition drops packets: connections stay
   * open and new ones are accepted, but what is sent on them vanishes.
   */
  public synchronized void cut() {
    cut = true;
  }

  /** Closes the connections whose bytes were dropped, and forwards new ones. */
  public synchronized void heal() {
    cut = false;
    closeSockets();
  }

  /** Stops listening and closes all connections. */
  @Override
  public synchronized void close() {
    closeQuietly(listener);
    closeSockets();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        startThread("connection", () -> serve(client));
      } catch (IOException e) {
        // Closed, or the client has left already.
      }
    }
  }

  private void serve(Socket client) {
    Socket server = new Socket();
    boolean forwards;
    synchronized (this) {
      forwards = !cut && !listener.isClosed();
      sockets.add(client);
      sockets.add(server);
    }
    try {
      if (forwards) {
        server.connect(target);
        startThread("answers", () -> pump(server, client));
      }
      pump(client, server);
    } catch (IOException e) {
      // Refused there, so closed here.
      close(client);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!cut) {
          to.getOutputStream().write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // Closed by one of the two, or by us.
    }
    close(from);
    // A cut network doesn't tell the other side that this one has gone.
    if (!cut) {
      close(to);
    }
  }

  private synchronized void close(Socket socket) {
    sockets.remove(socket);
    closeQuietly(socket);
  }

  private synchronized void closeSockets() {
    sockets.forEach(TcpProxy::closeQuietly);
    sockets.clear();
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // Nothing is lost.
    }
  }

  private void startThread(String task, Runnable body) {
    Thread thread = new Thread(body, "proxy-" + address() + "-" + task);
    thread.setDaemon(true);
    thread.start();
  }
}
