/**
 * Slipway: takes a customer from a signed contract to production.
 *
 * <p>Dependencies point one way: handlers (one package a section, {@code api}, {@code wake}) use
 * the task framework ({@code task}, {@code plan}), which uses {@code ledger}, {@code credentials},
 * {@code checklist} and {@code systems}.
 */
package dev.slipway;
