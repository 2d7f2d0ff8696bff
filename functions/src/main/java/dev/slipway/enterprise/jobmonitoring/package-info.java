/** Job monitoring: the pages of jobs of MnoHub and Connec!, and who sees them (M43, M44). */
package dev.slipway.enterprise.jobmonitoring;
