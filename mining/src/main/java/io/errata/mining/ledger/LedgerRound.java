package io.errata.mining.ledger;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger holds of one round, by which it is known again when a run goes on.
 *
 * @param negatives mined in it for the first time
 * @param scores of that round
 * @param sha256 of all these rows and the round's own, in hexadecimal
 */
public record LedgerRound(long negatives, long scores, String sha256) {

    static LedgerRound of(Connection connection, int round) throws SQLException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        DataOutputStream rows = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        write(connection, "SELECT * FROM rounds WHERE round = ?", round, rows);
        long negatives = write(connection, "SELECT * FROM negatives WHERE mined_in = ? ORDER BY key", round, rows);
        long scores = write(connection, "SELECT * FROM scores WHERE round = ? ORDER BY key", round, rows);
        return new LedgerRound(negatives, scores, HexFormat.of().formatHex(digest.digest()));
    }

    /** Returns how many rows there are. */
    private static long write(Connection connection, String sql, int round, DataOutputStream out) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, round);
            try (ResultSet row = select.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                long count = 0;
                for (; row.next(); count++) {
                    for (int column = 1; column <= columns; column++) {
                        write(row.getObject(column), out);
                    }
                }
                return count;
            }
        }
    }

    private static void write(@Nullable Object value, DataOutputStream out) {
        try {
            if (value instanceof Double number) {
                out.writeDouble(number);
            } else if (value instanceof Number number) {
                out.writeLong(number.longValue());
            } else { // by hand: no column is of text
                out.write(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
