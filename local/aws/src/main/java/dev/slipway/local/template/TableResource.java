package dev.slipway.local.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A DynamoDB table.
 *
 * @param createTable the body of the {@code CreateTable} call that makes it
 * @param timeToLiveAttribute the attribute that holds the time of expiry, if there is one
 */
public record TableResource(
    String logicalId,
    String name,
    String arn,
    ObjectNode createTable,
    Optional<String> timeToLiveAttribute) {}
