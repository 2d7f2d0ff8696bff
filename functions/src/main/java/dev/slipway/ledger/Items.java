package dev.slipway.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The ledger's table: items by key, conditional writes on their versions, pages followed to the
 * end.
 *
 * <p>An item is {@code PK}, {@code SK}, {@code version}, {@code body} (the record as a map), the
 * attributes of the sparse indexes, {@code expiresAt} where it has an end, and {@code writtenBy}, a
 * mark of the write where it was no transaction.
 */
public final class Items {
  /** Within six seconds or so: whoever is in the way may be on a busy machine. */
  private static final int TRANSACTION_TRIES = 24;

  /** The attribute by which a single write knows itself again. */
  private static final String MARK = "writtenBy";

  /** As many as DynamoDB takes in one request. */
  private static final int BATCH = 100;

  /** Sorts behind every other, as DynamoDB sorts: by the bytes of UTF-8. */
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private final DynamoDbClient dynamo;
  private final String table;
  private final InstantSource clock;
  private final Ulids ulids;

  /** In a table that exists. */
  public Items(DynamoDbClient dynamo, String table, InstantSource clock) {
    this(dynamo, table, clock, new SecureRandom());
  }

  /** The same with the chance of identifiers handed in, for tests. */
  public Items(DynamoDbClient dynamo, String table, InstantSource clock, RandomGenerator random) {
    this.dynamo = dynamo;
    this.table = table;
    this.clock = clock;
    this.ulids = new Ulids(random);
  }

  /** The time of a write that is made now. */
  Instant now() {
    return clock.instant();
  }

  /** An identifier that sorts by time, and behind all that were made before. */
  String newUlid(Instant time) {
    return ulids.next(time);
  }

  <T> Optional<T> get(String partition, String sort, Class<T> type) {
    Map<String, AttributeValue> item =
        dynamo
            .getItem(r -> r.tableName(table).consistentRead(true).key(key(partition, sort)))
            .item();
    return item == null || item.isEmpty() || isExpired(item)
        ? Optional.empty()
        : Optional.of(read(item, type));
  }

  /** Of these partitions those with an item of that sort key. */
  Set<String> present(List<String> partitions, String sort) {
    return batch(partitions.stream().map(partition -> key(partition, sort)).toList()).stream()
        .map(item -> item.get("PK").s())
        .collect(Collectors.toSet());
  }

  /** Those of these items of a partition that are there, in any order. */
  <T> List<T> get(String partition, List<String> sorts, Class<T> type) {
    return batch(sorts.stream().map(sort -> key(partition, sort)).toList()).stream()
        .map(item -> read(item, type))
        .toList();
  }

  /** The same of several kinds. */
  Slice some(String partition, List<String> sorts) {
    return new Slice(batch(sorts.stream().map(sort -> key(partition, sort)).toList()));
  }

  private List<Map<String, AttributeValue>> batch(List<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += BATCH) {
      KeysAndAttributes some =
          KeysAndAttributes.builder()
              .keys(keys.subList(from, Math.min(keys.size(), from + BATCH)))
              .consistentRead(true)
              .build();
      // Pages: items that an answer left out for its size are asked for again.
      dynamo.batchGetItemPaginator(r -> r.requestItems(Map.of(table, some))).stream()
          .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream())
          .filter(item -> !isExpired(item))
          .forEach(items::add);
    }
    return items;
  }

  private static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of("PK", AttributeValue.fromS(partition), "SK", AttributeValue.fromS(sort));
  }

  /** All items of a partition whose sort key begins so, in the order of the sort key. */
  <T> List<T> list(String partition, String sortPrefix, Class<T> type) {
    return query(beginningWith(partition, sortPrefix).build()).stream()
        .filter(item -> !isExpired(item))
        .map(item -> read(item, type))
        .toList();
  }

  /**
   * An item as a stream of the table tells it.
   *
   * @param image in DynamoDB's JSON, {@code {"PK": {"S": "…"}, …}}
   */
  static <T> T told(JsonNode image, Class<T> type) {
    return read(
        AttributeTree.told(image.path("body")),
        image.path("version").path("N").asText("0"),
        image.path("PK").path("S").asText("") + " " + image.path("SK").path("S").asText(""),
        type);
  }

  /** The items between two sort keys of a partition, both included, in one request. */
  Slice slice(String partition, String from, String to) {
    return new Slice(
        query(between(partition, from, to).build()).stream()
            .filter(item -> !isExpired(item))
            .toList());
  }

  /** Items of several kinds, told apart by their sort keys. */
  static final class Slice {
    private final List<Map<String, AttributeValue>> items;

    private Slice(List<Map<String, AttributeValue>> items) {
      this.items = items;
    }

    <T> List<T> of(String sortPrefix, Class<T> type) {
      return items.stream()
          .filter(item -> item.get("SK").s().startsWith(sortPrefix))
          .map(item -> read(item, type))
          .toList();
    }
  }

  /** The same as they are kept, of any kind. */
  List<StoredItems.Kept> kept(String partition, String sortPrefix) {
    return query(beginningWith(partition, sortPrefix).build()).stream()
        .map(
            item ->
                new StoredItems.Kept(
                    item.get("SK").s(),
                    Long.parseLong(item.get("version").n()),
                    AttributeTree.toJson(item.get("body"))))
        .toList();
  }

  /**
   * One page of a partition, from after the sort key {@code after}, or from the end towards it.
   *
   * @param newestFirst whether the last sort key comes first
   */
  <T> List<T> page(
      String partition,
      String sortPrefix,
      String after,
      int limit,
      boolean newestFirst,
      Class<T> type) {
    QueryRequest.Builder request =
        beginningWith(partition, sortPrefix).limit(limit).scanIndexForward(!newestFirst);
    if (after != null) {
      request.exclusiveStartKey(
          Map.of("PK", AttributeValue.fromS(partition), "SK", AttributeValue.fromS(after)));
    }
    return dynamo.query(request.build()).items().stream().map(item -> read(item, type)).toList();
  }

  /**
   * A range, which DynamoDB Local finds by its index; of {@code begins_with} it looks at each item
   * of the partition.
   */
  private QueryRequest.Builder beginningWith(String partition, String sortPrefix) {
    return between(partition, sortPrefix, sortPrefix + LAST_CHARACTER);
  }

  private QueryRequest.Builder between(String partition, String from, String to) {
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression("PK = :pk AND SK BETWEEN :from AND :to")
        .expressionAttributeValues(
            Map.of(
                ":pk", AttributeValue.fromS(partition),
                ":from", AttributeValue.fromS(from),
                ":to", AttributeValue.fromS(to)));
  }

  /** The keys of an index's items, up to a bound of its sort key, all pages. */
  List<IndexKey> keys(String index, String hash, String value, String range, String upTo) {
    return query(
            QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .keyConditionExpression("#hash = :hash AND #range <= :upTo")
                .expressionAttributeNames(Map.of("#hash", hash, "#range", range))
                .expressionAttributeValues(
                    Map.of(
                        ":hash", AttributeValue.fromS(value), ":upTo", AttributeValue.fromS(upTo)))
                .build())
        .stream()
        .map(item -> new IndexKey(item.get("PK").s(), item.get("SK").s(), item.get(range).s()))
        .toList();
  }

  /** One page of an index's keys, from after a key (or null). */
  List<IndexKey> keysAfter(
      String index, String hash, String value, String range, IndexKey after, int limit) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(index)
            .limit(limit)
            .keyConditionExpression("#hash = :hash")
            .expressionAttributeNames(Map.of("#hash", hash))
            .expressionAttributeValues(Map.of(":hash", AttributeValue.fromS(value)));
    if (after != null) {
      request.exclusiveStartKey(
          Map.of(
              "PK",
              AttributeValue.fromS(after.partition()),
              "SK",
              AttributeValue.fromS(after.sort()),
              hash,
              AttributeValue.fromS(value),
              range,
              AttributeValue.fromS(after.range())));
    }
    return dynamo.query(request.build()).items().stream()
        .map(item -> new IndexKey(item.get("PK").s(), item.get("SK").s(), item.get(range).s()))
        .toList();
  }

  /** An item's key in an index. */
  record IndexKey(String partition, String sort, String range) {}

  /**
   * Writes all or nothing. One write alone is no transaction, which would cost twice as much.
   *
   * @throws LostRaceException if one of the items is not at the version expected
   */
  void write(List<Write> writes) {
    if (writes.size() == 1 && writes.getFirst().kind() == Write.Kind.PUT) {
      put(writes.getFirst());
      return;
    }
    List<TransactWriteItem> items = writes.stream().map(this::transactWrite).toList();
    for (int attempt = 1; ; attempt++) {
      try {
        dynamo.transactWriteItems(r -> r.transactItems(items));
        return;
      } catch (TransactionCanceledException e) {
        refuse(e, writes);
        if (attempt == TRANSACTION_TRIES) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  /**
   * Unlike a transaction, a put that the SDK repeats because its answer was lost is not known again
   * by DynamoDB: it would find itself in the way. So it leaves a mark, by which it knows itself for
   * as long as nobody writes over it.
   */
  private void put(Write write) {
    Map<String, AttributeValue> item = item(write);
    AttributeValue mark = AttributeValue.fromS(UUID.randomUUID().toString());
    item.put(MARK, mark);
    for (int attempt = 1; ; attempt++) {
      try {
        dynamo.putItem(
            r ->
                r.tableName(table)
                    .item(item)
                    .conditionExpression(condition(write))
                    .expressionAttributeValues(conditionValues(write))
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD));
        return;
      } catch (ConditionalCheckFailedException e) {
        if (e.hasItem() && mark.equals(e.item().get(MARK))) {
          return;
        }
        throw new LostRaceException(write.sort());
      } catch (TransactionConflictException e) {
        if (attempt == TRANSACTION_TRIES) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private static String condition(Write write) {
    return write.expectedVersion() == 0
        ? "attribute_not_exists(PK) OR expiresAt <= :now"
        : "version = :version";
  }

  private Map<String, AttributeValue> conditionValues(Write write) {
    return write.expectedVersion() == 0
        ? Map.of(":now", AttributeValue.fromN(Long.toString(now().getEpochSecond())))
        : Map.of(":version", AttributeValue.fromN(Long.toString(write.expectedVersion())));
  }

  /** Only a transaction's conflict with another one is worth another try. */
  private static void refuse(TransactionCanceledException e, List<Write> writes) {
    List<CancellationReason> reasons = e.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
        throw new LostRaceException(writes.get(i).sort());
      }
    }
    boolean conflict =
        reasons.stream()
            .allMatch(
                reason ->
                    reason.code().equals("None") || reason.code().equals("TransactionConflict"));
    if (!conflict) {
      throw e;
    }
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, 10L << Math.min(attempt, 6)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to write again", e);
    }
  }

  private TransactWriteItem transactWrite(Write write) {
    Map<String, AttributeValue> key = key(write.partition(), write.sort());
    String condition = condition(write);
    Map<String, AttributeValue> values = conditionValues(write);
    TransactWriteItem.Builder item = TransactWriteItem.builder();
    return switch (write.kind()) {
      case PUT ->
          item.put(
                  p ->
                      p.tableName(table)
                          .item(item(write))
                          .conditionExpression(condition)
                          .expressionAttributeValues(values))
              .build();
      case REMOVAL ->
          item.delete(
                  d ->
                      d.tableName(table)
                          .key(key)
                          .conditionExpression(condition)
                          .expressionAttributeValues(values))
              .build();
      case CHECK ->
          item.conditionCheck(
                  c ->
                      c.tableName(table)
                          .key(key)
                          .conditionExpression(condition)
                          .expressionAttributeValues(values))
              .build();
      case MOVE ->
          item.update(
                  u ->
                      u.tableName(table)
                          .key(key)
                          .updateExpression("ADD version :one")
                          .conditionExpression("attribute_exists(PK) AND body.#state <> :frozen")
                          .expressionAttributeNames(Map.of("#state", "state"))
                          .expressionAttributeValues(
                              Map.of(
                                  ":one", AttributeValue.fromN("1"),
                                  ":frozen",
                                      AttributeValue.fromS(Onboarding.State.SIGNED_OFF.name()))))
              .build();
    };
  }

  private static Map<String, AttributeValue> item(Write write) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("PK", AttributeValue.fromS(write.partition()));
    item.put("SK", AttributeValue.fromS(write.sort()));
    item.put("version", AttributeValue.fromN(Long.toString(write.expectedVersion() + 1)));
    item.put("body", AttributeTree.of(write.body()));
    write.index().forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    if (write.expiresAt() != null) {
      item.put(
          "expiresAt", AttributeValue.fromN(Long.toString(write.expiresAt().getEpochSecond())));
    }
    return item;
  }

  /** TTL deletes late: an expired item counts as deleted. */
  private boolean isExpired(Map<String, AttributeValue> item) {
    AttributeValue end = item.get("expiresAt");
    return end != null && Long.parseLong(end.n()) <= now().getEpochSecond();
  }

  private List<Map<String, AttributeValue>> query(QueryRequest request) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, AttributeValue> from = Map.of();
    do {
      QueryRequest page =
          from.isEmpty() ? request : request.toBuilder().exclusiveStartKey(from).build();
      QueryResponse answer = dynamo.query(page);
      items.addAll(answer.items());
      from = answer.lastEvaluatedKey();
    } while (from != null && !from.isEmpty());
    return items;
  }

  private static <T> T read(Map<String, AttributeValue> item, Class<T> type) {
    return read(
        AttributeTree.toJson(item.get("body")),
        item.get("version").n(),
        item.get("PK").s() + " " + item.get("SK").s(),
        type);
  }

  private static <T> T read(JsonNode body, String version, String key, Class<T> type) {
    if (body instanceof ObjectNode object && object.has("version")) {
      object.put("version", Long.parseLong(version));
    }
    try {
      return Json.MAPPER.treeToValue(body, type);
    } catch (UnrecognizedPropertyException | InvalidTypeIdException e) {
      throw new NewerItemException(key, e.getPathReference(), e);
    } catch (InvalidFormatException e) {
      if (e.getTargetType().isEnum()) {
        throw new NewerItemException(key, e.getPathReference(), e);
      }
      throw unreadable(key, type, e);
    } catch (JsonProcessingException e) {
      throw unreadable(key, type, e);
    }
  }

  private static IllegalStateException unreadable(String key, Class<?> type, Exception cause) {
    return new IllegalStateException(key + " cannot be read as a " + type.getName(), cause);
  }
}
