/**
 * Data migration (M61–M67): accounts are disconnected, data is moved by data runners, hosted
 * connectors are renamed, and the source is frozen or destroyed. What goes where is approved by two
 * people by its hash ({@link dev.slipway.enterprise.datamigration.Approvals}).
 */
package dev.slipway.enterprise.datamigration;
