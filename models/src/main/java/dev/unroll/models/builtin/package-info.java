/** The layers of the layers module, by name. */
package dev.unroll.models.builtin;
