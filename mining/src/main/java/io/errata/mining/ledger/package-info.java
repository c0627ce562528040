/** The book of mistakes: {@link io.errata.mining.ledger.Ledger}, an SQLite file with every negative ever mined and its scores. */
@NullMarked
package io.errata.mining.ledger;

import org.jspecify.annotations.NullMarked;
