/** Web pages that anybody may open, and the files they are made of. */
package dev.slipway.systems.web;
