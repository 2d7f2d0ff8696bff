package dev.slipway.local.data.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.probe.Logins;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The buckets that a job needs, under the names that the map gives them. */
public final class Buckets {
  private static final String SOURCE = "-source";
  private static final String TARGET = "-target";

  private final Map<String, Bucket> buckets = new LinkedHashMap<>();

  private Buckets() {}

  /**
   * Looks whether each is there and may be listed. A source beside its target needs no login, for
   * the storage may copy with the target's.
   *
   * @param names of both sides, such as {@code assets-source}
   * @param addresses by name, such as {@code s3://acme-assets?region=eu-west-1}
   * @throws DataTrouble if one is missing, or cannot be used
   */
  public static Buckets open(
      HttpClient http,
      InstantSource clock,
      Set<String> names,
      Map<String, String> addresses,
      Logins logins)
      throws IOException, InterruptedException {
    Buckets opened = new Buckets();
    for (String name : names) {
      String address =
          Optional.ofNullable(addresses.get(name))
              .orElseThrow(
                  () ->
                      new DataTrouble(
                          "address-missing",
                          "The map names files in a bucket, and the runner was not told where it"
                              + " is: --at "
                              + name
                              + "=s3://BUCKET?region=REGION."));
      Optional<JsonNode> login =
          logins.of(name).filter(given -> !given.path("accessKey").asText().isEmpty());
      Bucket bucket =
          new Bucket(
              http,
              clock,
              name,
              BucketAddress.parse(name, address),
              login.orElseGet(JsonNodeFactory.instance::objectNode));
      if (login.isPresent() || !names.contains(beside(name))) {
        bucket.require();
      }
      opened.buckets.put(name, bucket);
    }
    opened.requireTwo();
    return opened;
  }

  private static String beside(String name) {
    return name.endsWith(SOURCE) ? name.substring(0, name.length() - SOURCE.length()) + TARGET : "";
  }

  /** A bucket that is the source's and the target's is one that is not moved. */
  private void requireTwo() {
    buckets.forEach(
        (name, bucket) -> {
          Bucket target = buckets.get(beside(name));
          if (target != null && target.address().isSame(bucket.address())) {
            throw new DataTrouble(
                "address-wrong", name + " and " + beside(name) + " are the same bucket.");
          }
        });
  }

  Bucket source(String bucket) {
    return buckets.get(bucket + SOURCE);
  }

  Bucket target(String bucket) {
    return buckets.get(bucket + TARGET);
  }
}
