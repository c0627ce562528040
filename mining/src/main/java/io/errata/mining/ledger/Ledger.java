package io.errata.mining.ledger;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.scan.Scan;
import io.errata.detection.scan.ScoredWindows;
import io.errata.mining.policy.WindowHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.sqlite.SQLiteErrorCode;

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
     * @throws InvalidInputException if the file exists
     * @throws UncheckedIOException if the file cannot be written
     */
    public static Ledger create(Path file, Dataset dataset) {
        if (Files.exists(file)) {
            throw invalid(file, "the file of a new ledger must not exist; choose another or remove it");
        }
        return make(address(file), dataset);
    }

    /** A ledger in memory, gone when it is closed. */
    public static Ledger inMemory(Dataset dataset) {
        return make("jdbc:sqlite::memory:", dataset);
    }

    /**
     * Opens a ledger and forgets the rounds from this one on: what a run that is resumed will do again.
     *
     * @throws InvalidInputException if the file is not a ledger of this version
     * @throws UncheckedIOException if the file cannot be written
     */
    public static Ledger resume(Path file, int round) {
        if (!Files.isRegularFile(file)) {
            throw invalid(file, "the ledger of a run to be resumed must be a file, found none");
        }
        return open(address(file), ledger -> {
            long version = ledger.version(file);
            if (version != SCHEMA) {
                throw invalid(
                        file,
                        "the ledger must be of version " + SCHEMA + ", found " + version
                                + "; resume the run with the Errata that began it");
            }
            ledger.update("DELETE FROM scores WHERE round >= ?", round);
            ledger.update("DELETE FROM negatives WHERE mined_in >= ?", round);
            ledger.update("DELETE FROM rounds WHERE round >= ?", round);
        });
    }

    private static Ledger make(String address, Dataset dataset) {
        return open(address, ledger -> {
            try (Statement statement = ledger.connection.createStatement()) {
                for (String table : TABLES) {
                    statement.executeUpdate(table);
                }
                statement.executeUpdate("PRAGMA user_version = " + SCHEMA);
            }
            ledger.describe(dataset);
        });
    }

    /** A ledger made ready in one transaction, or no open file. */
    private static Ledger open(String address, Preparation preparation) {
        return run(() -> {
            Connection connection = DriverManager.getConnection(address);
            try {
                Ledger ledger = new Ledger(connection);
                connection.setAutoCommit(false);
                preparation.prepare(ledger);
                connection.commit();
                return ledger;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        });
    }

    /** As a URI, because a question mark in a plain path would begin the driver's options. */
    private static String address(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
    }

    private long version(Path file) throws SQLException {
        try {
            return count("PRAGMA user_version");
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code) {
                throw invalid(file, "the ledger must be an SQLite database, found a file of another kind");
            }
            throw e;
        }
    }

    private static InvalidInputException invalid(Path file, String problem) {
        return new InvalidInputException(Problem.inFile(file.toString(), "ledger", problem));
    }

    /**
     * Writes down one round's scan, or nothing if that fails. A window that was mined before stays a window of the round that was first.
     *
     * @param round its number, from 0; not one that is written down already
     * @param threshold the score above which a window is hard
     * @param heldOut how many windows were held out
     * @param report what the scan did
     * @param mined the windows that are trained on from now
     * @param tracked the windows mined in earlier rounds, with their scores of now
     */
    public void record(
            int round,
            double threshold,
            long heldOut,
            Scan.Report report,
            ScoredWindows mined,
            ScoredWindows tracked,
            WindowCorpus corpus) {
        run(() -> {
            try {
                insertNegatives(round, mined, corpus);
                insertScores(round, tracked);
                insertScores(round, mined);
                update(
                        "INSERT INTO rounds VALUES (?, ?, ?, ?, ?, (SELECT COUNT(*) FROM negatives WHERE mined_in = ?), ?)",
                        round,
                        threshold,
                        heldOut,
                        report.windows(),
                        report.found(),
                        round,
                        report.seconds());
                connection.commit();
                return true;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
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

    /**
     * What is known of one image's mined windows.
     *
     * @param image its index in the data set
     */
    public WindowHistory history(int image) {
        String sql = "SELECT n.key, n.mined_in, s.score, s.score <= r.threshold FROM negatives n"
                + " JOIN scores s ON s.key = n.key JOIN rounds r ON r.round = s.round"
                + " WHERE n.key BETWEEN ? AND ? AND s.round = (SELECT MAX(round) FROM scores WHERE key = n.key)";
        return run(() -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, WindowKey.of(image, 0, 0, 0));
                select.setLong(2, WindowKey.of(image, 0, 0, 0) | WindowKey.WITHIN_IMAGE);
                Map<Long, WindowHistory.Entry> windows = new HashMap<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        windows.put(
                                row.getLong(1),
                                new WindowHistory.Entry(row.getInt(2), row.getDouble(3), row.getBoolean(4)));
                    }
                }
                return new WindowHistory(windows);
            }
        });
    }

    /**
     * The images on which the highest scores of a round were mined, the highest first.
     *
     * @param wanted which images are of interest, by their indices in the data set
     * @param most how many at most
     */
    public List<Suspect> surest(int round, IntPredicate wanted, int most) {
        // of the row with the largest score, SQLite gives the other columns too
        String sql =
                "SELECT n.image, i.name, c.name, MAX(s.score) AS surest FROM scores s JOIN negatives n ON n.key = s.key"
                        + " JOIN images i ON i.image = n.image JOIN classes c ON c.class = s.class"
                        + " WHERE s.round = ? AND n.mined_in = s.round GROUP BY n.image ORDER BY surest DESC, n.image";
        return run(() -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, round);
                List<Suspect> surest = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (surest.size() < most && row.next()) {
                        if (wanted.test(row.getInt(1))) {
                            surest.add(new Suspect(row.getString(2), row.getString(3), row.getDouble(4)));
                        }
                    }
                }
                return surest;
            }
        });
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
        String sql = "INSERT INTO negatives VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
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
        String sql = "INSERT INTO scores VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
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

    @FunctionalInterface
    private interface Preparation {
        void prepare(Ledger ledger) throws SQLException;
    }
}
