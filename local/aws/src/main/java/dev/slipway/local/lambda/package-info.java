/** Hosts Lambda functions: the classes that deploy to AWS, many functions in one JVM. */
package dev.slipway.local.lambda;
