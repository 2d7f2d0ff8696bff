package dev.slipway.ledger;

/**
 * A text to copy, such as code to paste or records to enter.
 *
 * @param title what it is, in a few words
 */
public record Snippet(String title, String text) {}
