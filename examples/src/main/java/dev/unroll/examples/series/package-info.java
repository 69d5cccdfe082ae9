/** Time series: forecasts and anomaly detection. */
package dev.unroll.examples.series;
