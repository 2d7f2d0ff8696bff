/** Go-live: a test customer's journey, the hand-over (V15) and the final benchmark (V16). */
package dev.slipway.hostingprovider.golive;
