package dev.slipway.systems.net;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.TextParseException;

/**
 * Asks a name server of choice, by TCP (RFC 7766): each has to take that, and it goes the same way
 * out as everything else, through the proxy too.
 *
 * <pre>{@code
 * DnsReply reply = new NameServers(egress).ask("ns1.customer.example", "hub.customer.example", RecordType.A);
 * }</pre>
 */
public final class NameServers {
  private static final int PORT = 53;

  private final Egress egress;

  /** Asks through this way out. */
  public NameServers(Egress egress) {
    this.egress = egress;
  }

  /**
   * Asks one server; never throws, a failure is a reply too.
   *
   * @param server its host name or address
   */
  public DnsReply ask(String server, String name, RecordType type) {
    String plain = NameResolver.withoutDot(name);
    try (Socket socket = egress.open("dns", type + " " + plain, server, PORT)) {
      Message question = DnsMessages.question(plain, type);
      question.getHeader().setFlag(Flags.RD);
      byte[] asked = question.toWire();
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeShort(asked.length);
      out.write(asked);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answered = new byte[in.readUnsignedShort()];
      in.readFully(answered);
      return DnsMessages.reply(plain, type, new Message(answered));
    } catch (TextParseException e) {
      return DnsMessages.failed(plain, "not a DNS name");
    } catch (IOException e) {
      return DnsMessages.failed(plain, "the connection was cut");
    } catch (SystemTrouble trouble) {
      return DnsMessages.failed(plain, trouble.getMessage());
    }
  }
}
