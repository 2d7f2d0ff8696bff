package dev.slipway.local.sandbox.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Chooses the certificate that a listener presents, by the name that the client asks for (SNI),
 * anew for each handshake. The world's part {@code tls} holds the faults by host:
 *
 * <pre>{"wildcards": ["paas.hoster.example"], "faults": {"app.paas.hoster.example": "expired"}}
 * </pre>
 *
 * <p>Names under a wildcard's domain get {@code *.<domain>}. A fault named for {@code *.<domain>}
 * holds for them all. A host that a certificate of AWS Certificate Manager covers gets that one, as
 * from a load balancer.
 */
public final class ServerIdentities {

  /** The world's part that this reads. */
  public static final String SYSTEM = "tls";

  private final LocalAuthority authority;
  private final World world;

  /** Reads faults from the world at each handshake. */
  public ServerIdentities(LocalAuthority authority, World world) {
    this.authority = authority;
    this.world = world;
  }

  /** The part of a new world. */
  public static ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putArray("wildcards")
        .add(SandboxDefaults.PLATFORM_DOMAIN)
        .add(SandboxDefaults.REGION_DOMAIN);
    part.putObject("faults");
    return part;
  }

  /**
   * The TLS context of servers.
   *
   * @param fallback the host whose certificate is shown to clients that name none
   */
  public SSLContext serverContext(String fallback) {
    return context(new KeyManager[] {new BySni(fallback)});
  }

  /**
   * The TLS context of a stand-in that is a client itself: it trusts the sandbox's authority only.
   */
  public SSLContext clientContext() {
    return context(new KeyManager[0]);
  }

  private SSLContext context(KeyManager[] keys) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("root", authority.root());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The sandbox cannot set up TLS", e);
    }
  }

  private Identity identity(String host) {
    record Choice(List<String> names, String fault) {}
    String wildcard = "*" + host.substring(Math.max(0, host.indexOf('.')));
    Choice choice =
        world.read(
            SYSTEM,
            part -> {
              boolean isUnderWildcard =
                  Json.strings(part.path("wildcards"))
                      .contains(wildcard.replaceFirst("^\\*\\.", ""));
              List<String> names =
                  isUnderWildcard
                      ? List.of(wildcard)
                      : issuedByAws(host, wildcard).orElse(List.of(host));
              JsonNode faults = part.path("faults");
              String fault = faults.path(host).asText(faults.path(names.getFirst()).asText("none"));
              return new Choice(names, fault);
            });
    // Outside of the world's lock: keys are made for it.
    return authority.identity(choice.names(), CertificateFault.named(choice.fault()));
  }

  /** The names of the issued certificate that covers a host. */
  private Optional<List<String>> issuedByAws(String host, String wildcard) {
    return world.read(
        "aws",
        part ->
            part.path("certificates")
                .valueStream()
                .filter(each -> each.path("Type").asText().equals("AMAZON_ISSUED"))
                .filter(each -> each.path("Status").asText().equals("ISSUED"))
                .map(each -> Json.strings(each.path("SubjectAlternativeNames")))
                .filter(names -> names.contains(host) || names.contains(wildcard))
                .findFirst());
  }

  /** The alias of a key is {@code <host>}: what was asked for, decided when it is read. */
  private final class BySni extends X509ExtendedKeyManager {

    private final String fallback;
    // JSSE asks for key and chain separately; both must be of one identity even if the world
    // changes in between, so the alias names an identity that is remembered here.
    private final Map<String, Identity> chosen = new ConcurrentHashMap<>();

    BySni(String fallback) {
      this.fallback = fallback;
    }

    private String choose(String keyType, SSLSession session) {
      if (!keyType.startsWith("EC")) {
        return null;
      }
      String host = fallback;
      if (session instanceof ExtendedSSLSession extended) {
        for (SNIServerName name : extended.getRequestedServerNames()) {
          if (name instanceof SNIHostName sni) {
            host = sni.getAsciiName().toLowerCase(Locale.ROOT);
          }
        }
      }
      Identity identity = identity(host);
      String alias = identity.certificate().getSerialNumber().toString(16);
      chosen.put(alias, identity);
      return alias;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
      return choose(keyType, engine.getHandshakeSession());
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return choose(keyType, ((SSLSocket) socket).getHandshakeSession());
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chosen.get(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return chosen.get(alias).keys().getPrivate();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return chosen.keySet().toArray(String[]::new);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
      return null;
    }
  }
}
