package dev.slipway.local.data.mongo;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.ClientSessionOptions;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.connection.ClusterType;
import dev.slipway.local.data.dump.DataTrouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * A database of a MongoDB. A replica set is read in one session with a snapshot; a single server
 * has none, and is read as it stands, which the frozen organisations keep as it is.
 */
public final class LiveDocuments implements Documents {
  /** The groups of one query; well within a query's 16 MB. */
  private static final int GROUPS_AT_ONCE = 10_000;

  private final MongoClient client;
  private final MongoDatabase database;
  private final Optional<ClientSession> session;

  private LiveDocuments(
      MongoClient client, MongoDatabase database, Optional<ClientSession> session) {
    this.client = client;
    this.database = database;
    this.session = session;
  }

  /**
   * Connects.
   *
   * @param address such as {@code mongodb://db.internal:27017/connec?tls=true}
   * @param login with {@code user} and {@code password}; without a user there is none
   * @param snapshot whether all that is read is of one moment, where the server can do that
   */
  public static LiveDocuments open(String address, JsonNode login, boolean snapshot) {
    ConnectionString parsed = new ConnectionString(address);
    if (parsed.getDatabase() == null || parsed.getCredential() != null) {
      throw new DataTrouble(
          "address-wrong",
          "The address must be mongodb://HOST:PORT/DATABASE, without a login in it.");
    }
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder().applyConnectionString(parsed);
    if (!login.path("user").asText().isEmpty()) {
      settings.credential(
          MongoCredential.createCredential(
              login.path("user").asText(),
              parsed.getDatabase(),
              login.path("password").asText().toCharArray()));
    }
    MongoClient client = MongoClients.create(settings.build());
    MongoDatabase database = client.getDatabase(parsed.getDatabase());
    database.listCollectionNames().first();
    boolean replicated = client.getClusterDescription().getType() == ClusterType.REPLICA_SET;
    return new LiveDocuments(
        client,
        database,
        snapshot && replicated
            ? Optional.of(
                client.startSession(ClientSessionOptions.builder().snapshot(true).build()))
            : Optional.empty());
  }

  MongoCollection<RawBsonDocument> collection(String name) {
    return database.getCollection(name, RawBsonDocument.class);
  }

  @Override
  public List<String> collections() {
    List<String> names = new ArrayList<>();
    database.listCollectionNames().forEach(names::add);
    return names.stream().sorted().toList();
  }

  private FindIterable<RawBsonDocument> find(String collection, Bson filter) {
    return session.isPresent()
        ? collection(collection).find(session.get(), filter)
        : collection(collection).find(filter);
  }

  private long count(String collection, Bson filter, CountOptions options) {
    return session.isPresent()
        ? collection(collection).countDocuments(session.get(), filter, options)
        : collection(collection).countDocuments(filter, options);
  }

  @Override
  public void forEach(String collection, String field, Set<String> groups, Each each)
      throws IOException {
    for (List<String> some : some(groups)) {
      for (RawBsonDocument document :
          find(collection, Filters.in(field, some)).sort(Sorts.ascending("_id"))) {
        each.at(document);
      }
    }
  }

  @Override
  public long count(String collection, String field, Set<String> groups) {
    return some(groups).stream()
        .mapToLong(some -> count(collection, Filters.in(field, some), new CountOptions()))
        .sum();
  }

  @Override
  public long ofOthers(String collection, String field, Set<String> groups, List<BsonValue> ids) {
    long there = count(collection, Filters.in("_id", ids), new CountOptions());
    long own =
        some(groups).stream()
            .mapToLong(
                some ->
                    count(
                        collection,
                        Filters.and(Filters.in("_id", ids), Filters.in(field, some)),
                        new CountOptions()))
            .sum();
    return there - own;
  }

  @Override
  public boolean hasUngrouped(String collection, String field) {
    return count(collection, Filters.eq(field, null), new CountOptions().limit(1)) > 0;
  }

  private static List<List<String>> some(Set<String> groups) {
    List<String> sorted = List.copyOf(new TreeSet<>(groups));
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += GROUPS_AT_ONCE) {
      parts.add(sorted.subList(from, Math.min(sorted.size(), from + GROUPS_AT_ONCE)));
    }
    return parts;
  }

  @Override
  public void close() {
    session.ifPresent(ClientSession::close);
    client.close();
  }
}
