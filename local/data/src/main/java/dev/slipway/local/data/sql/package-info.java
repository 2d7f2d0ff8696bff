/** The jobs on MySQL and MariaDB. */
package dev.slipway.local.data.sql;
