/** JSONata expressions as Step Functions evaluates them. */
package dev.slipway.local.asl.expression;
