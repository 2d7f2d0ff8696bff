/** The platform's performance is watched, and people are alerted (M36, M37). */
package dev.slipway.enterprise.performancemonitoring;
