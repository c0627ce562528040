package io.errata.mining.ledger;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import io.errata.mining.scan.Scan;
import io.errata.mining.scan.ScoredWindows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Every negative ever mined, in an SQLite database: where it is, how near it comes to an object, the round that mined it and its score
 * in every round since. One transaction a round: a killed process leaves whole rounds. Not safe to use from several threads.
 */
public final class Ledger implements AutoCloseable {

    /** The version of the schema, kept in the file as {@code user_version}. */
    public static final int SCHEMA = 1;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE images (image INTEGER PRIMARY KEY, name TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL)",
            "CREATE TABLE classes (class INTEGER PRIMARY KEY, name TEXT NOT NULL)",
            "CREATE TABLE rounds (round INTEGER PRIMARY KEY, threshold REAL NOT NULL, held_out INTEGER NOT NULL,"
                    + " scored INTEGER NOT NULL, found INTEGER NOT NULL, added INTEGER NOT NULL, seconds REAL NOT NULL)",
            "CREATE TABLE negatives (key INTEGER PRIMARY KEY, image INTEGER NOT NULL REFERENCES images,"
                    + " level INTEGER NOT NULL, row INTEGER NOT NULL, col INTEGER NOT NULL,"
                    + " x1 REAL NOT NULL, y1 REAL NOT NULL, x2 REAL NOT NULL, y2 REAL NOT NULL,"
                    + " max_iou REAL NOT NULL, mined_in INTEGER NOT NULL REFERENCES rounds)",
            "CREATE TABLE scores (key INTEGER NOT NULL REFERENCES negatives, round INTEGER NOT NULL REFERENCES rounds,"
                    + " score REAL NOT NULL, class INTEGER NOT NULL REFERENCES classes, PRIMARY KEY (key, round)) WITHOUT ROWID");

    private final Connection connection;

    private Ledger(Connection connection) {
        this.connection = connection;
    }

    /**
     * Makes a new ledger for the mistakes on a data set.
     *
     * @param file must not exist
     * @throws UncheckedIOException if the file cannot be written
     */
    public static Ledger create(Path file, Dataset dataset) {
        return run(() -> {
            Ledger ledger = new Ledger(DriverManager.getConnection("jdbc:sqlite:" + file));
            ledger.connection.setAutoCommit(false);
            try (Statement statement = ledger.connection.createStatement()) {
                for (String table : TABLES) {
                    statement.executeUpdate(table);
                }
                statement.executeUpdate("PRAGMA user_version = " + SCHEMA);
            }
            ledger.describe(dataset);
            ledger.connection.commit();
            return ledger;
        });
    }

    /** A ledger in memory, gone when it is closed. */
    public static Ledger inMemory(Dataset dataset) {
        return create(Path.of(":memory:"), dataset);
    }

    /**
     * Opens a ledger and forgets the rounds from this one on: what a run that is resumed will do again.
     *
     * @throws UncheckedIOException if the file is not a ledger of this version
     */
    public static Ledger resume(Path file, int round) {
        return run(() -> {
            Ledger ledger = new Ledger(DriverManager.getConnection("jdbc:sqlite:" + file));
            ledger.connection.setAutoCommit(false);
            int version = (int) ledger.count("PRAGMA user_version");
            if (version != SCHEMA) {
                ledger.connection.close();
                throw new SQLException("the schema of " + file + " must be version " + SCHEMA + ", found " + version);
            }
            ledger.update("DELETE FROM scores WHERE round >= ?", round);
            ledger.update("DELETE FROM negatives WHERE mined_in >= ?", round);
            ledger.update("DELETE FROM rounds WHERE round >= ?", round);
            ledger.connection.commit();
            return ledger;
        });
    }

    /**
     * Writes down one round's scan.
     *
     * @param round its number, from 0
     * @param threshold the score above which a window is hard
     * @param heldOut how many windows were held out
     * @param report what the scan did
     * @param mined the windows that are trained on from now
     * @param watched the windows mined in earlier rounds, with their scores of now
     */
    public void record(
            int round,
            double threshold,
            long heldOut,
            Scan.Report report,
            ScoredWindows mined,
            ScoredWindows watched,
            WindowCorpus corpus) {
        run(() -> {
            update(
                    "INSERT INTO rounds VALUES (?, ?, ?, ?, ?, ?, ?)",
                    round,
                    threshold,
                    heldOut,
                    report.windows(),
                    report.found(),
                    mined.size(),
                    report.seconds());
            insertNegatives(round, mined, corpus);
            insertScores(round, mined);
            insertScores(round, watched);
            connection.commit();
            return true;
        });
    }

    /** How many negatives were ever mined. */
    public int size() {
        return (int) run(() -> count("SELECT COUNT(*) FROM negatives")).longValue();
    }

    /** Every negative ever mined. */
    public WindowSet mined() {
        return run(() -> keys("SELECT key FROM negatives ORDER BY key"));
    }

    /** Those mined negatives that the last round scored at or below its threshold. */
    public WindowSet learned() {
        return run(() -> keys("SELECT s.key FROM scores s JOIN rounds r ON r.round = s.round"
                + " WHERE s.round = (SELECT MAX(round) FROM rounds) AND s.score <= r.threshold ORDER BY s.key"));
    }

    @Override
    public void close() {
        run(() -> {
            connection.close();
            return true;
        });
    }

    private void describe(Dataset dataset) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO images VALUES (?, ?, ?, ?)")) {
            for (int i = 0; i < dataset.images().size(); i++) {
                AnnotatedImage image = dataset.images().get(i);
                insert.setInt(1, i);
                insert.setString(2, image.name());
                insert.setInt(3, image.width());
                insert.setInt(4, image.height());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        for (int i = 0; i < dataset.classes().size(); i++) {
            update("INSERT INTO classes VALUES (?, ?)", i, dataset.classes().get(i));
        }
    }

    private void insertNegatives(int round, ScoredWindows mined, WindowCorpus corpus) throws SQLException {
        String sql = "INSERT INTO negatives VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < mined.size(); i++) {
                long key = mined.key(i);
                Box box = corpus.box(key);
                insert.setLong(1, key);
                insert.setInt(2, WindowKey.image(key));
                insert.setInt(3, WindowKey.level(key));
                insert.setInt(4, WindowKey.row(key));
                insert.setInt(5, WindowKey.column(key));
                insert.setDouble(6, box.x1());
                insert.setDouble(7, box.y1());
                insert.setDouble(8, box.x2());
                insert.setDouble(9, box.y2());
                insert.setDouble(10, corpus.maxIou(key));
                insert.setInt(11, round);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void insertScores(int round, ScoredWindows windows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO scores VALUES (?, ?, ?, ?)")) {
            for (int i = 0; i < windows.size(); i++) {
                insert.setLong(1, windows.key(i));
                insert.setInt(2, round);
                insert.setDouble(3, windows.score(i));
                insert.setInt(4, windows.classIndex(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private WindowSet keys(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            LongStream.Builder keys = LongStream.builder();
            while (result.next()) {
                keys.add(result.getLong(1));
            }
            return WindowSet.of(keys.build().toArray());
        }
    }

    private static <T> T run(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new UncheckedIOException("the ledger failed: " + e.getMessage(), new IOException(e));
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }
}
