package dev.slipway.local.sandbox.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.CallLog;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Faults;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.TcpStandIn;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The NFS export that the uploader mounts, as far as it can be seen without mounting it: TCP 2049,
 * answering ONC-RPC calls (RFC 5531) to program 100003, versions 3 and 4. Procedure 0 (NULL)
 * succeeds, every other one is unavailable. SFTP's port 22 can be connected to, and no more.
 *
 * <p>Faults of the system {@code uploader}, matched on {@code CONNECT} or {@code NULL}: {@code
 * hang} and {@code reset}; to make the port unreachable use {@code network}.
 */
public final class UploaderExport implements TcpStandIn {

  private static final String SYSTEM = "uploader";
  private static final String ADDRESS = "203.0.113.70";
  private static final int NFS = 100003;
  private static final int LAST_FRAGMENT = 0x80000000;
  private static final int CALL_HEAD = 24;
  private static final int MAX_CALL = 64 * 1024;

  private final Faults faults;
  private final CallLog calls;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private Optional<ServerSocket> listener = Optional.empty();

  /** An export that says nothing but that it is there. */
  public UploaderExport(Faults faults, CallLog calls) {
    this.faults = faults;
    this.calls = calls;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(
        new Site(SandboxDefaults.UPLOADER_HOST, ADDRESS, 2049, Site.Transport.TCP),
        new Site(SandboxDefaults.UPLOADER_HOST, ADDRESS, 22, Site.Transport.TCP),
        new Site(SandboxDefaults.INSIDE_UPLOADER_HOST, "10.20.0.70", 2049, Site.Transport.TCP));
  }

  @Override
  public ObjectNode defaults() {
    return Json.object().put("export", SandboxDefaults.UPLOADER_HOST + ":/export/uploader");
  }

  @Override
  public int[] start() throws IOException {
    ServerSocket socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    listener = Optional.of(socket);
    Thread.ofPlatform().daemon().name("sandbox-uploader").start(() -> accept(socket));
    int port = socket.getLocalPort();
    return new int[] {port, port, port};
  }

  @Override
  public void close() {
    try {
      if (listener.isPresent()) {
        listener.get().close();
      }
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Closed from outside: the loop's condition ends it.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
      if (!admitted(Operation.of("CONNECT"), in)) {
        return;
      }
      while (true) {
        int length = in.readInt() & ~LAST_FRAGMENT;
        if (length < CALL_HEAD || length > MAX_CALL) {
          return;
        }
        int transaction = in.readInt();
        int direction = in.readInt();
        in.readInt();
        int program = in.readInt();
        int version = in.readInt();
        int procedure = in.readInt();
        in.skipNBytes(length - CALL_HEAD);
        if (direction != 0 || !admitted(new Operation("NULL", "v" + version), in)) {
          return;
        }
        reply(out, transaction, accepted(program, version, procedure));
      }
    } catch (IOException e) {
      // The client closed.
    } finally {
      open.remove(client);
    }
  }

  /** Records the operation; false when a fault wants the connection closed. */
  private boolean admitted(Operation operation, DataInputStream in) throws IOException {
    Optional<Fault> fault = faults.take(SYSTEM, operation);
    if (fault.isEmpty()) {
      calls.record(SYSTEM, operation, RecordedCall.OK);
      return true;
    }
    calls.record(SYSTEM, operation, "fault:" + fault.get().kind().wireName());
    if (fault.get().kind() == Fault.Kind.HANG) {
      in.skipNBytes(Long.MAX_VALUE);
    }
    return false;
  }

  /** The reply's {@code accept_stat} and, for a version mismatch, the versions there are. */
  private static int[] accepted(int program, int version, int procedure) {
    if (program != NFS) {
      return new int[] {1};
    }
    if (version < 3 || version > 4) {
      return new int[] {2, 3, 4};
    }
    return procedure == 0 ? new int[] {0} : new int[] {3};
  }

  private static void reply(DataOutputStream out, int transaction, int[] accepted)
      throws IOException {
    out.writeInt(LAST_FRAGMENT | (4 * (5 + accepted.length)));
    out.writeInt(transaction);
    out.writeInt(1); // reply
    out.writeInt(0); // accepted
    out.writeInt(0); // verifier: none
    out.writeInt(0); // its length
    for (int word : accepted) {
      out.writeInt(word);
    }
    out.flush();
  }
}
