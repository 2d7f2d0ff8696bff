/**
 * The hosting platform's private API (Virtuozzo Application Platform, formerly Jelastic).
 *
 * <p>Base {@code https://app.{platform domain}/1.0/}, one path a method: {@code
 * {area}/{service}/rest/{method in lower case}}. Errors come as HTTP 200 with {@code result} other
 * than 0. The vendor does not publish these methods; names and parameters are those which a public
 * client uses, and every method says in {@link dev.slipway.systems.platform.PlatformMethod} how
 * sure its name is. The form of answers is not published, and read tolerantly.
 */
package dev.slipway.systems.platform;
