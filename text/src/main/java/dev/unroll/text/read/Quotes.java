package dev.unroll.text.read;

/** What a quotation mark means in a table. */
public enum Quotes {
  /**
   * One that begins a field encloses it, separators and ends of lines too, and is doubled within
   * (RFC 4180); anywhere else it is a character.
   */
  ENCLOSE,

  /** It is a character. */
  NONE
}
