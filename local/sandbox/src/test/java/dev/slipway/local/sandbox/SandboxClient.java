package dev.slipway.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.sandbox.world.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;

/** Reaches a sandbox as a handler does: by proxy, by its name server, trusting its authority. */
final class SandboxClient {

  /** For answers that come. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SandboxEndpoints endpoints;
  private final HttpClient http;

  SandboxClient(SandboxEndpoints endpoints) throws GeneralSecurityException, IOException {
    this.endpoints = endpoints;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(ProxySelector.of(address(endpoints.proxy())))
            .sslContext(trust())
            .connectTimeout(PATIENCE)
            .build();
  }

  SSLContext trust() throws GeneralSecurityException, IOException {
    byte[] pem = endpoints.certificateAuthority().getBytes(StandardCharsets.US_ASCII);
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "root",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return send(request, PATIENCE);
  }

  HttpResponse<String> send(HttpRequest.Builder request, Duration patience)
      throws IOException, InterruptedException {
    return http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  /** Calls a platform method with a session. */
  JsonNode platform(String method, String session, Map<String, String> parameters)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create("https://app.paas.hoster.example/1.0/" + method))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(session, parameters))));
    if (response.statusCode() != 200) {
      throw new IOException("HTTP " + response.statusCode());
    }
    return Json.parse(response.body());
  }

  private static String form(String session, Map<String, String> parameters) {
    return "session="
        + encode(session)
        + parameters.entrySet().stream()
            .map(each -> "&" + each.getKey() + "=" + encode(each.getValue()))
            .collect(Collectors.joining());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A raw tunnel through the proxy. */
  Socket tunnel(String host, int port) throws IOException {
    InetSocketAddress proxy = address(endpoints.proxy());
    Socket socket = new Socket(proxy.getAddress(), proxy.getPort());
    socket.setSoTimeout(5_000);
    String request = "CONNECT " + host + ":" + port + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = line(socket.getInputStream());
    if (!status.contains(" 200 ")) {
      socket.close();
      throw new IOException(status);
    }
    while (!line(socket.getInputStream()).isEmpty()) {
      // Headers of the proxy's answer.
    }
    return socket;
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  Message dns(String name, int type, boolean tcp) throws IOException {
    return dns(name, type, tcp, PATIENCE);
  }

  Message dns(String name, int type, boolean tcp, Duration patience) throws IOException {
    SimpleResolver resolver = new SimpleResolver(address(endpoints.dns()));
    resolver.setTCP(tcp);
    resolver.setTimeout(patience);
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN)));
  }

  private static InetSocketAddress address(String hostAndPort) throws IOException {
    int colon = hostAndPort.lastIndexOf(':');
    return new InetSocketAddress(
        InetAddress.getByName(hostAndPort.substring(0, colon)),
        Integer.parseInt(hostAndPort.substring(colon + 1)));
  }
}
