/** Intercom, by which a frontend's users reach those who support them (M53). */
package dev.slipway.systems.intercom;
