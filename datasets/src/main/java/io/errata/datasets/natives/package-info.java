/** Native libraries on disk: a resource of a jar goes in, a file to load comes out. See {@link io.errata.datasets.natives.UnpackedLibrary}. */
@NullMarked
package io.errata.datasets.natives;

import org.jspecify.annotations.NullMarked;
