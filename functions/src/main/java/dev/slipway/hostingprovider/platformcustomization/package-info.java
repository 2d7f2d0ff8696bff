/** Rows V07 to V10: the platform looks, reports, protects and writes as its provider wants. */
package dev.slipway.hostingprovider.platformcustomization;
