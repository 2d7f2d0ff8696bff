package dev.slipway.local.data;

import dev.slipway.local.probe.Logins;
import java.net.http.HttpClient;
import java.util.Map;

/**
 * Where the databases and buckets are that the person who started the runner named.
 *
 * @param addresses by name, such as {@code mnohub-source} and {@code assets-target}
 * @param logins of buckets, by the same names; a job's database has its login already
 * @param http reaches the buckets
 */
public record Places(Map<String, String> addresses, Logins logins, HttpClient http) {
  public Places {
    addresses = Map.copyOf(addresses);
  }
}
