/**
 * Time series: forecasts, and alerts where a series departs from them.
 *
 * <p>Charts lie in {@code examples.picture}.
 *
 * <p>Begin with {@code ForecastCommand}.
 */
package dev.unroll.examples.series;
