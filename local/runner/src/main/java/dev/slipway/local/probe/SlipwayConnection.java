package dev.slipway.local.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The runner's one way to Slipway: outbound, through a company's proxy if there is one. */
public final class SlipwayConnection {
  private SlipwayConnection() {}

  /**
   * A client.
   *
   * @param proxy an HTTP proxy that understands CONNECT
   * @param authorities to trust besides the JDK's, such as that of a proxy that looks into TLS
   */
  public static HttpClient client(
      Optional<InetSocketAddress> proxy, List<X509Certificate> authorities) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(proxy.<ProxySelector>map(ProxySelector::of).orElse(HttpClient.Builder.NO_PROXY))
        .sslContext(trusting(authorities))
        .build();
  }

  private static SSLContext trusting(List<X509Certificate> authorities) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      int number = 0;
      for (X509Certificate known :
          ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers()) {
        anchors.setCertificateEntry("jdk-" + number++, known);
      }
      for (X509Certificate extra : authorities) {
        anchors.setCertificateEntry("extra-" + number++, extra);
      }
      factory.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK's trust anchors cannot be read", e);
    }
  }
}
