/** Questions and answers. */
package dev.unroll.examples.chat;
