/** Amazon's DynamoDB Local in this JVM, in a class loader of its own. */
package dev.slipway.local.dynamodb;
