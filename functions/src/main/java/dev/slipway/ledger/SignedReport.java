package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * The report signed at the sign-off, by whom and how.
 *
 * @param sha256 of the signed bytes, in hex
 * @param bytes how many they are
 * @param file under which {@link Files#reports} keeps it, compressed
 * @param key the ARN of the key that signed
 * @param algorithm as KMS names it, such as {@code ECDSA_SHA_256}
 * @param signature in base64
 * @param by who signed off
 * @param at when
 * @param reason given with it; null without
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignedReport(
    String sha256,
    int bytes,
    String file,
    String key,
    String algorithm,
    String signature,
    String by,
    Instant at,
    String reason) {}
