package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function that is invoked with what changes in a table. The starting position does not matter
 * here: table and source are made together, so the latest record is also the first.
 *
 * @param id unique in the template; checkpoints are kept under it
 * @param functionId the logical id of the function
 * @param tableName the table's name in DynamoDB
 * @param maximumRetries empty for as long as the records live
 * @param parallel how many batches of one shard are delivered at once; records of one partition key
 *     stay in order
 * @param maximumAge of a record that is still worth a try; empty for no bound
 * @param patterns of which a record must match one; empty for all records
 * @param onFailure the ARN to which the position of given-up records is sent
 */
public record StreamResource(
    String id,
    String functionId,
    String tableName,
    int batchSize,
    int parallel,
    boolean bisect,
    OptionalInt maximumRetries,
    Optional<Duration> maximumAge,
    boolean reportsItemFailures,
    List<JsonNode> patterns,
    Optional<String> onFailure) {

  public StreamResource {
    patterns = List.copyOf(patterns);
  }
}
