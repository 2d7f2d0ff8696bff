package dev.slipway.systems.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A DNS server on loopback with records of choice; wildcards stand for one label, and an alias
 * (CNAME) is followed once.
 */
public final class FakeDns implements AutoCloseable {

  private record Entry(String name, int type, Record record) {}

  private final DatagramSocket socket;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> failing = new ArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();

  /** An empty server. */
  public FakeDns() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** Adds a record, its data as in a zone file. */
  public FakeDns with(String name, String type, String data) {
    try {
      Name owner = Name.fromString(name + ".");
      int number = Type.value(type);
      synchronized (entries) {
        entries.add(
            new Entry(
                name, number, Record.fromString(owner, number, DClass.IN, 60, data, Name.root)));
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers SERVFAIL for this name. */
  public FakeDns failing(String name) {
    synchronized (entries) {
      failing.add(name);
    }
    return this;
  }

  /** Loses so many questions on their way. */
  public FakeDns losing(int questions) {
    lost.set(questions);
    return this;
  }

  /** The port it listens on. */
  public int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        if (lost.getAndDecrement() > 0) {
          continue;
        }
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        byte[] answer = answer(query).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private Message answer(Message query) throws IOException {
    Record question = query.getQuestion();
    String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.addRecord(question, Section.QUESTION);
    synchronized (entries) {
      if (failing.contains(name)) {
        answer.getHeader().setRcode(Rcode.SERVFAIL);
        return answer;
      }
      boolean exists = false;
      Name alias = null;
      for (Entry entry : entries) {
        if (matches(entry.name(), name)) {
          exists = true;
          if (entry.type() == question.getType() || entry.type() == Type.CNAME) {
            add(answer, question.getName(), entry);
          }
          if (entry.record() instanceof CNAMERecord cname && question.getType() != Type.CNAME) {
            alias = cname.getTarget();
          }
        } else if (entry.name().endsWith("." + name)) {
          exists = true;
        }
      }
      for (Entry entry : entries) {
        if (alias != null
            && entry.type() == question.getType()
            && matches(entry.name(), alias.toString(true))) {
          add(answer, alias, entry);
        }
      }
      if (!exists) {
        answer.getHeader().setRcode(Rcode.NXDOMAIN);
      }
    }
    return answer;
  }

  private static void add(Message answer, Name owner, Entry entry) throws IOException {
    answer.addRecord(
        Record.newRecord(owner, entry.type(), DClass.IN, 60, entry.record().rdataToWireCanonical()),
        Section.ANSWER);
  }

  private static boolean matches(String pattern, String name) {
    return pattern.startsWith("*.")
        ? name.endsWith(pattern.substring(1))
            && name.indexOf('.') == name.length() - pattern.length() + 1
        : pattern.equals(name);
  }

  @Override
  public void close() {
    socket.close();
  }
}
