/**
 * Clients of the third parties, one package a system. Each knows its system's addresses, answers
 * and traps, and nothing of checklists and ledgers; troubles come as {@link
 * dev.slipway.systems.net.SystemTrouble}.
 */
package dev.slipway.systems;
