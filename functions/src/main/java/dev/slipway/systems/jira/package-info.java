/** Jira Cloud and Jira Service Management, where requests for support are opened (M54). */
package dev.slipway.systems.jira;
