/** The history of an execution, in the words of the Step Functions API. */
package dev.slipway.local.asl.history;
