/** The systems that keep the platform's logs: Sumo Logic, Splunk Cloud, Splunk Enterprise (M38). */
package dev.slipway.systems.logging;
