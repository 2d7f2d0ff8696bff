/** JSONata without state machines around it. */
package dev.slipway.local.asl.jsonata;
