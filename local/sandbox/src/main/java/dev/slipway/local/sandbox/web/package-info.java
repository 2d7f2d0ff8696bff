/** Public web servers: the hoster's own pages, and Google's tag. */
package dev.slipway.local.sandbox.web;
