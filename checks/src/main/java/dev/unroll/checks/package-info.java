/**
 * What must hold of all modules together: their architecture, their public types, the programs in
 * the documentation. All of it is tests; what one module guarantees is tested there. Begin with
 * ArchitectureTest.
 */
@NullMarked
package dev.unroll.checks;

import org.jspecify.annotations.NullMarked;
