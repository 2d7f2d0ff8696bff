package dev.slipway.local.aws;

/**
 * The caller of an endpoint.
 *
 * @param accessKeyId as the request's signature names it; empty where there is none
 * @param principal the logical id of the function whose key it is, {@code operator}, or {@code
 *     anonymous} for a key that was never issued
 */
public record Caller(String accessKeyId, String principal) {}
