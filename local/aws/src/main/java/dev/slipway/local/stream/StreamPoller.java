package dev.slipway.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.dynamodb.DynamoDbWire;
import dev.slipway.local.dynamodb.DynamoDbWireException;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.schedule.OngoingWork;
import dev.slipway.local.template.EventPattern;
import dev.slipway.local.template.StreamResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the stream of a table on a thread of its own and delivers what it finds: each shard in
 * order, parents before their children, each record at least once.
 *
 * <p>The reader looks when it is told that a table was written to ({@link #nudge}). From then until
 * it has seen an empty stream it counts as work. What the database removes by itself, at the end of
 * an item's time to live, it finds within a second.
 */
public final class StreamPoller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StreamPoller.class.getName());
  private static final String WORK = "stream ";
  private static final long LONGEST_REST_MILLIS = 1_000;

  /** A function writes several times: one read finds all of it. AWS takes longer to tell. */
  private static final Duration GATHERING = Duration.ofMillis(5);

  private static final Duration SHARD_LIST_AGE = Duration.ofSeconds(30);

  private final StreamResource source;
  private final DynamoDbWire dynamoDb;
  private final LocalTime time;
  private final OngoingWork work;
  private final Checkpoints checkpoints;
  private final BatchDelivery delivery;
  private final List<EventPattern> patterns;
  private final Runnable whenWanted;

  /** How many batches at once; one after the other where the order is to be the same each time. */
  private final int lanes;

  private final Object lock = new Object();
  private final Thread thread;

  // Guarded by the lock.
  private long nudges;
  private boolean counted;

  // Only used by the thread.
  private String streamArn;
  private String partitionKey;
  private final Map<String, String> iterators = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private List<JsonNode> shards = List.of();
  private long shardsReadAt;
  private volatile boolean closed;

  /**
   * @param whenWanted called before records are delivered that the function wants
   * @param checkpointFile where to note how far it came; empty to forget
   */
  public StreamPoller(
      StreamResource source,
      String functionArn,
      DynamoDbWire dynamoDb,
      LambdaHost functions,
      LocalTime time,
      FailureDestination destination,
      Runnable whenWanted,
      Optional<Path> checkpointFile) {
    this.source = source;
    this.dynamoDb = dynamoDb;
    this.time = time;
    this.whenWanted = whenWanted;
    this.lanes = time.simulation().isPresent() ? 1 : source.parallel();
    this.work = time.work(WORK + source.id());
    this.checkpoints = new Checkpoints(checkpointFile);
    this.patterns = source.patterns().stream().map(EventPattern::new).toList();
    this.delivery =
        new BatchDelivery(source, functionArn, functions, time, destination, this::pause);
    this.thread = Thread.ofVirtual().name("stream-" + source.id()).unstarted(this::run);
  }

  /** Begins to read. */
  public void start() {
    nudge();
    thread.start();
  }

  /** The table may have changed. */
  public void nudge() {
    synchronized (lock) {
      nudges++;
      if (!counted) {
        counted = true;
        work.begin();
      }
      lock.notifyAll();
    }
  }

  /** Counts no more, until it is told again. */
  private void countNoMore() {
    synchronized (lock) {
      if (counted) {
        counted = false;
        work.end();
      }
    }
  }

  private void run() {
    try {
      while (!closed) {
        gather();
        long seen;
        synchronized (lock) {
          seen = nudges;
        }
        int found = readOnce();
        synchronized (lock) {
          if (found == 0 && nudges == seen) {
            countNoMore();
            lock.wait(time.simulation().isPresent() ? 0 : LONGEST_REST_MILLIS);
          }
        }
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    } finally {
      countNoMore();
    }
  }

  /**
   * In simulated time the stream is read when everything else rests, and time stands still
   * meanwhile: so the content of a batch does not depend on which thread was faster.
   */
  private void gather() throws InterruptedException {
    if (time.simulation().isPresent()) {
      time.simulation().get().awaitIdle(name -> !name.startsWith(WORK));
    } else {
      Thread.sleep(GATHERING);
    }
  }

  /** Reads each open shard once; answers how many records there were. */
  private int readOnce() throws InterruptedException {
    try {
      refreshShards();
      int found = 0;
      for (var shard : shards) {
        var id = shard.path("ShardId").asText();
        if (!finished.contains(id) && parentDone(shard)) {
          found += readShard(id);
        }
      }
      return found;
    } catch (RuntimeException e) {
      if (closed) {
        return 0;
      }
      // An iterator expired, or the table is still being made: begin again from the checkpoint.
      LOG.log(System.Logger.Level.DEBUG, "reading " + source.tableName() + "'s stream again", e);
      iterators.clear();
      shards = List.of();
      Thread.sleep(50);
      return 0;
    }
  }

  private boolean parentDone(JsonNode shard) {
    var parent = shard.path("ParentShardId").asText();
    return parent.isEmpty()
        || finished.contains(parent)
        || shards.stream().noneMatch(other -> other.path("ShardId").asText().equals(parent));
  }

  private void refreshShards() {
    long now = System.nanoTime();
    if (!shards.isEmpty() && now - shardsReadAt < SHARD_LIST_AGE.toNanos()) {
      return;
    }
    if (streamArn == null) {
      var table = JsonNodeFactory.instance.objectNode().put("TableName", source.tableName());
      var described = dynamoDb.dynamoDb("DescribeTable", table).path("Table");
      streamArn = described.path("LatestStreamArn").asText();
      for (var key : described.path("KeySchema")) {
        if (key.path("KeyType").asText().equals("HASH")) {
          partitionKey = key.path("AttributeName").asText();
        }
      }
    }
    var all = new ArrayList<JsonNode>();
    var request = JsonNodeFactory.instance.objectNode().put("StreamArn", streamArn);
    String last;
    do {
      var description = dynamoDb.streams("DescribeStream", request).path("StreamDescription");
      description.path("Shards").forEach(all::add);
      last = description.path("LastEvaluatedShardId").asText();
      request.put("ExclusiveStartShardId", last);
    } while (!last.isEmpty() && !last.equals("null"));
    shards = List.copyOf(all);
    shardsReadAt = now;
  }

  private int readShard(String shardId) throws InterruptedException {
    var iterator = iterators.computeIfAbsent(shardId, this::iterator);
    var answer =
        dynamoDb.streams(
            "GetRecords",
            JsonNodeFactory.instance
                .objectNode()
                .put("ShardIterator", iterator)
                .put("Limit", Math.min(source.batchSize() * lanes, 1000)));
    var records = new ArrayList<JsonNode>();
    answer.path("Records").forEach(records::add);
    if (!records.isEmpty()) {
      nudge();
      deliver(shardId, records);
    }
    var next = answer.path("NextShardIterator").asText();
    if (next.isEmpty() || next.equals("null")) {
      finished.add(shardId);
      iterators.remove(shardId);
      shardsReadAt = System.nanoTime() - SHARD_LIST_AGE.toNanos();
    } else {
      iterators.put(shardId, next);
    }
    return records.size();
  }

  private void deliver(String shardId, List<JsonNode> records) throws InterruptedException {
    var wanted =
        records.stream()
            .filter(
                item ->
                    patterns.isEmpty()
                        || patterns.stream()
                            .anyMatch(one -> one.matches(Batch.lambdaRecord(item, streamArn))))
            .toList();
    if (!wanted.isEmpty()) {
      whenWanted.run();
      deliverInLanes(shardId, wanted);
    }
    var last = new Batch(streamArn, shardId, records).sequenceNumber(records.size() - 1);
    checkpoints.advance(shardId, last);
  }

  /** Records of one partition key are in one lane, and so in order. */
  private void deliverInLanes(String shardId, List<JsonNode> records) throws InterruptedException {
    var byLane = new TreeMap<Integer, List<JsonNode>>();
    for (var item : records) {
      int lane = Math.floorMod(item.at("/dynamodb/Keys").path(partitionKey).hashCode(), lanes);
      byLane.computeIfAbsent(lane, number -> new ArrayList<>()).add(item);
    }
    if (byLane.size() == 1) {
      deliverOneByOne(shardId, records);
      return;
    }
    var running = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var lane : byLane.values()) {
        running.add(
            threads.submit(
                () -> {
                  deliverOneByOne(shardId, lane);
                  return null;
                }));
      }
      for (var each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch was not delivered", e.getCause());
    }
  }

  private void deliverOneByOne(String shardId, List<JsonNode> records) throws InterruptedException {
    for (int from = 0; from < records.size(); from += source.batchSize()) {
      int to = Math.min(records.size(), from + source.batchSize());
      delivery.deliver(new Batch(streamArn, shardId, records.subList(from, to)));
    }
  }

  private String iterator(String shardId) {
    var request =
        JsonNodeFactory.instance.objectNode().put("StreamArn", streamArn).put("ShardId", shardId);
    var checkpoint = checkpoints.of(shardId);
    if (checkpoint.isPresent()) {
      request.put("ShardIteratorType", "AFTER_SEQUENCE_NUMBER");
      request.put("SequenceNumber", checkpoint.get());
    } else {
      request.put("ShardIteratorType", "TRIM_HORIZON");
    }
    try {
      return dynamoDb.streams("GetShardIterator", request).path("ShardIterator").asText();
    } catch (DynamoDbWireException e) {
      if (!e.code().equals("TrimmedDataAccessException")) {
        throw e;
      }
      request.put("ShardIteratorType", "TRIM_HORIZON").remove("SequenceNumber");
      return dynamoDb.streams("GetShardIterator", request).path("ShardIterator").asText();
    }
  }

  /** Simulated time may go on meanwhile, or the pause would never end. */
  private void pause(Duration duration) throws InterruptedException {
    var over = new CountDownLatch(1);
    time.timers()
        .schedule(
            time.clock().instant().plus(duration),
            () -> {
              work.begin();
              over.countDown();
            });
    work.end();
    over.await();
  }

  /**
   * Stops reading; records that were not handled are read again by the next poller with these
   * checkpoints.
   */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
