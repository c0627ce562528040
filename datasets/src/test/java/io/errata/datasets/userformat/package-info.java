/** A format of a user's own, outside Errata's packages: it uses only what is public, and is found on the class path. */
@NullMarked
package io.errata.datasets.userformat;

import org.jspecify.annotations.NullMarked;
