/** Support: the checks and looks of its elements, Intercom and the service desk (M50–M54). */
package dev.slipway.enterprise.support;
