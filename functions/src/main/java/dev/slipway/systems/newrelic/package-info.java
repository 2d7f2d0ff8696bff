/** New Relic, which watches the platform's performance (M34, M36, M37). */
package dev.slipway.systems.newrelic;
