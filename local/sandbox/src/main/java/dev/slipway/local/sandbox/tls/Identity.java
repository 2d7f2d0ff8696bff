package dev.slipway.local.sandbox.tls;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A key with its certificate chain.
 *
 * @param keys the key pair
 * @param chain the certificate first, then its issuers as far as they are presented
 */
record Identity(KeyPair keys, List<X509Certificate> chain) {

  X509Certificate certificate() {
    return chain.getFirst();
  }
}
