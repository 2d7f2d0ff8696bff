package dev.slipway.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers of the pages. The policy lets run what this origin serves and nothing else: no inline
 * script or style, no {@code eval}, no text that becomes markup (Trusted Types), no foreign image,
 * no frame around it. The one style element that it lets in is that of the report, which the pages
 * open as a blob under their own policy.
 */
final class Headers {
  private final String policy;

  /**
   * @param reportStyle the SHA-256 of the report's style element, in base 64
   * @param token where the browser exchanges its code for a token: an address at this origin, or an
   *     absolute one
   */
  Headers(String reportStyle, String token) {
    policy =
        String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'sha256-" + reportStyle + "'",
            "img-src 'self'",
            "connect-src 'self'" + origin(token),
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types lit-html");
  }

  private static String origin(String token) {
    if (!token.startsWith("https://")) {
      return "";
    }
    URI uri = URI.create(token);
    return " https://" + uri.getAuthority();
  }

  /**
   * The headers of an answer.
   *
   * @param secure whether the reader came over HTTPS
   */
  Map<String, String> of(String mediaType, String cacheControl, boolean secure) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", mediaType);
    headers.put("Cache-Control", cacheControl);
    headers.put("Content-Security-Policy", policy);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put(
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (secure) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return headers;
  }
}
