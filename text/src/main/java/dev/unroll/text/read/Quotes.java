package dev.unroll.text.read;

/** The meaning of quotation marks in a table. */
public enum Quotes {
  /**
   * A quotation mark at the beginning of a field encloses it, including separators and line ends,
   * and is doubled inside (RFC 4180); elsewhere it is an ordinary character.
   */
  ENCLOSE,

  /** Quotation marks are ordinary characters. */
  NONE
}
