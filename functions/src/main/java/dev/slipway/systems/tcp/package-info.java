/** Checks whether a port can be reached, and whether an NFS server answers behind it. */
package dev.slipway.systems.tcp;
