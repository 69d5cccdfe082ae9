package dev.unroll.data;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A feature of a date and time. What recurs (hours, weekdays, days of the year) is the sine and the
 * cosine of an angle, so that the last hour of a day is close to the first of the next.
 */
public enum TimeFeature {
  /** Days since 1970-01-01, with fractions: one column. */
  EPOCH_DAYS(0),

  /** The time of day, of 24 hours: sine and cosine. */
  HOUR(24),

  /** The day of the week, from Monday: sine and cosine. */
  WEEKDAY(7),

  /** The day of the year, of 366 days: sine and cosine. */
  DAY_OF_YEAR(366);

  private final int period;

  TimeFeature(int period) {
    this.period = period;
  }

  /** Returns whether it recurs, and has two columns. */
  boolean isPeriodic() {
    return period > 0;
  }

  /** Returns the days since 1970, or the angle in radians. */
  double of(LocalDateTime time) {
    double hours = time.toLocalTime().toNanoOfDay() / 3.6e12;
    return switch (this) {
      case EPOCH_DAYS -> time.toEpochSecond(ZoneOffset.UTC) / 86_400.0;
      case HOUR -> angle(hours);
      case WEEKDAY -> angle(time.getDayOfWeek().getValue() - 1);
      case DAY_OF_YEAR -> angle(time.getDayOfYear() - 1);
    };
  }

  private double angle(double value) {
    return 2 * Math.PI * value / period;
  }
}
