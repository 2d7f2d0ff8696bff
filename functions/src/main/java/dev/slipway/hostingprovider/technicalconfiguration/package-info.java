/** The technical configuration of a hosting provider's platform: rows V00 to V06. */
package dev.slipway.hostingprovider.technicalconfiguration;
