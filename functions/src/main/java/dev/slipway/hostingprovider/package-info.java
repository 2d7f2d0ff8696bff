/**
 * The classes that the handlers of the hosting provider's checklist share; one package a section
 * below.
 */
package dev.slipway.hostingprovider;
