/** Google Maps, by which the platform locates addresses (M60). */
package dev.slipway.systems.maps;
