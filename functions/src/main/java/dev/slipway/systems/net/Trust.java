package dev.slipway.systems.net;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's trust anchors plus those of the operator. */
final class Trust {

  private final X509ExtendedTrustManager manager;

  Trust(List<X509Certificate> extra) {
    try {
      X509ExtendedTrustManager own = manager(null);
      if (extra.isEmpty()) {
        this.manager = own;
        return;
      }
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      int number = 0;
      for (X509Certificate anchor : own.getAcceptedIssuers()) {
        anchors.setCertificateEntry("jdk-" + number++, anchor);
      }
      for (X509Certificate anchor : extra) {
        anchors.setCertificateEntry("extra-" + number++, anchor);
      }
      this.manager = manager(anchors);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK's trust anchors cannot be read", e);
    }
  }

  /** A context that trusts these anchors. */
  SSLContext context() {
    return context(manager);
  }

  /** A context that trusts these anchors and notes the chain it was shown, refused ones too. */
  SSLContext context(Capture capture) {
    capture.delegate = manager;
    return context(new X509ExtendedTrustManager[] {capture});
  }

  private static SSLContext context(TrustManager... managers) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509ExtendedTrustManager manager(KeyStore anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new IllegalStateException("the JDK has no X.509 trust manager");
  }

  /** Remembers what the server showed. */
  static final class Capture extends X509ExtendedTrustManager {

    private X509ExtendedTrustManager delegate;
    private List<X509Certificate> chain = List.of();

    List<X509Certificate> chain() {
      return chain;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket)
        throws CertificateException {
      chain = List.of(shown);
      delegate.checkServerTrusted(shown, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine)
        throws CertificateException {
      chain = List.of(shown);
      delegate.checkServerTrusted(shown, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type)
        throws CertificateException {
      chain = List.of(shown);
      delegate.checkServerTrusted(shown, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("Slipway is never a TLS server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("Slipway is never a TLS server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type)
        throws CertificateException {
      throw new CertificateException("Slipway is never a TLS server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return delegate.getAcceptedIssuers();
    }
  }
}
