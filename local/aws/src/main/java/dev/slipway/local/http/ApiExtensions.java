package dev.slipway.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Additions of a project to an HTTP API on this machine, for which API Gateway has no equal. */
public interface ApiExtensions {
  /**
   * Decides about a token that a caller asks for at {@link LocalIssuer#TOKENS}.
   *
   * @param caller the claims of the caller's own token
   * @param wish the request's body
   * @return what the token says; empty: this caller may not have it
   */
  Optional<TokenClaims> token(Map<String, Object> caller, JsonNode wish);

  /** Who may be picked on the sign-in page of this machine, in this order. */
  default List<Person> people() {
    return List.of();
  }

  /**
   * The problem (RFC 9457) that answers a body which is larger than any function takes; empty: API
   * Gateway's own {@code {"message": "Request Entity Too Large"}}.
   */
  Optional<JsonNode> tooLarge();

  /**
   * The claims of a token.
   *
   * @param subject who: becomes {@code sub}
   * @param claims further claims
   */
  record TokenClaims(String subject, Map<String, Object> claims) {
    public TokenClaims {
      claims = Map.copyOf(claims);
    }
  }

  /**
   * A person who may be picked.
   *
   * @param id tells this one from the others, and stays
   * @param what what the person is, for the reader of the page
   */
  record Person(String id, String name, String what, TokenClaims token) {}

  /** Adds nothing: nobody gets a token for another person. */
  static ApiExtensions none() {
    return new ApiExtensions() {
      @Override
      public Optional<TokenClaims> token(Map<String, Object> caller, JsonNode wish) {
        return Optional.empty();
      }

      @Override
      public Optional<JsonNode> tooLarge() {
        return Optional.empty();
      }
    };
  }
}
