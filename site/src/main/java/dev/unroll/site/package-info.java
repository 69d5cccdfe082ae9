/**
 * Writes the documentation as a site: the Markdown pages of the repository as HTML, with
 * navigation, a search index and the reference. What the pages say is not here. Begin with Site.
 */
@NullMarked
package dev.unroll.site;

import org.jspecify.annotations.NullMarked;
