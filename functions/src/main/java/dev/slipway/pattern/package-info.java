/**
 * Regular expressions as ECMA-262 means them, on an engine whose steps and memory are bounded.
 *
 * <p>JSON Schema (2020-12 Core, 6.4) and JSONata both write patterns for ECMA-262. The JDK's {@code
 * $} also matches before a last line feed, its {@code \s} knows ASCII only, and its matcher
 * recurses once for each repetition of a group, so that 6 KB of input overflow the stack. RE2/J has
 * no lookahead, which a released checklist uses; engines of JavaScript weigh 1.6 MB and more, which
 * the artifact has not left. So this package has a parser of the language and a matcher with a
 * stack of its own.
 */
package dev.slipway.pattern;
