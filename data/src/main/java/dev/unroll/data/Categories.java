package dev.unroll.data;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ids of categories of which some may be unknown: id 0 is that of missing and unknown ones, and
 * label i has id i + 1. {@link Labels} have no id for the unknown and refuse it.
 *
 * @param labels the known categories, usually those of the training rows
 */
public record Categories(Labels labels) {

  /** Checks for null. */
  public Categories {
    Objects.requireNonNull(labels, "labels");
  }

  /** Returns the number of ids, one more than labels. */
  public int size() {
    return labels.size() + 1;
  }

  /** Returns the id of a category, 0 if it is null or unknown. */
  public int id(@Nullable String category) {
    return category == null ? 0 : labels.names().indexOf(category) + 1;
  }
}
