package dev.slipway.local.aws;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The access keys of this runtime: one per function and one for the operator. */
public final class AccessKeys {
  /** The principal of the operator's own key. */
  public static final String OPERATOR = "operator";

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final RandomGenerator random;
  private final Map<String, AccessKey> byPrincipal = new ConcurrentHashMap<>();
  private final Map<String, AccessKey> byId = new ConcurrentHashMap<>();

  public AccessKeys() {
    this(new SecureRandom());
  }

  AccessKeys(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A key as AWS hands it out.
   *
   * @param id letters and digits only, for DynamoDB Local takes nothing else
   */
  public record AccessKey(String id, String secret, String principal) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "AccessKey[" + id + " of " + principal + "]";
    }
  }

  /** The key of that principal, made when first asked for. */
  public AccessKey of(String principal) {
    return byPrincipal.computeIfAbsent(
        principal,
        name -> {
          var key = new AccessKey("AKIA" + letters(16), letters(40), name);
          byId.put(key.id(), key);
          return key;
        });
  }

  /** The key of that id, if it was handed out. */
  public Optional<AccessKey> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private String letters(int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
