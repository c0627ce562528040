package io.errata.mining.ledger;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.natives.UnpackedLibrary;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.refine.FalsePositive;
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
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Every negative ever mined, in an SQLite database: where it is, how near it comes to an object, the round that mined it and its score
 * in every round since. One transaction a round: a killed process leaves whole rounds. Not safe to use from several threads.
 */
public final class Ledger implements AutoCloseable {

    /** The version of the schema, kept in the file as {@code user_version}. */
    public static final int SCHEMA = 2;

    private static final String IN_MEMORY = "the ledger in memory";

    static {
        UnpackedLibrary.offer(
                "org.sqlite.lib.path",
                LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName());
    }

    private final String name;
    private final Connection connection;

    private Ledger(String name, Connection connection) {
        this.name = name;
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
        return make(file.toString(), address(file), dataset);
    }

    /** A ledger in memory, gone when it is closed. */
    public static Ledger inMemory(Dataset dataset) {
        return make(IN_MEMORY, "jdbc:sqlite::memory:", dataset);
    }

    /**
     * Opens a ledger and forgets the rounds after these: what a run that is resumed will do again. Nothing is changed where it is refused.
     *
     * @param corpus the windows that are mined
     * @param rounds how many are kept
     * @param written what {@link #round} said of each of them; {@code null} where nobody wrote that down
     * @throws InvalidInputException if the file is not a ledger of this version ({@code ledger}), or somebody else has changed it
     *     ({@code ledger-changed})
     * @throws UncheckedIOException if the file cannot be written
     */
    public static Ledger resume(Path file, WindowCorpus corpus, int rounds, @Nullable List<LedgerRound> written) {
        if (!Files.isRegularFile(file)) {
            throw invalid(file, "the ledger of a run to be resumed must be a file, found none");
        }
        return open(file.toString(), address(file), ledger -> {
            try {
                if (ledger.version(file) < SCHEMA) {
                    LedgerSchema.migrate(ledger.connection);
                }
                LedgerCheck check = new LedgerCheck(file, ledger.connection);
                check.requireSchema();
                ledger.update("DELETE FROM false_positives");
                ledger.update("DELETE FROM scores WHERE round >= ?", rounds);
                ledger.update("DELETE FROM negatives WHERE mined_in >= ?", rounds);
                ledger.update("DELETE FROM rounds WHERE round >= ?", rounds);
                check.requireData(corpus);
                if (written != null) {
                    check.requireRounds(written);
                }
            } catch (SQLException e) {
                if (isDamaged(e)) {
                    throw invalid(file, "the ledger must be a whole SQLite database, found none");
                }
                throw e;
            }
        });
    }

    private static boolean isDamaged(SQLException fault) {
        int code = fault.getErrorCode() & 0xff; // the rest tells what of it
        return code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code;
    }

    private long version(Path file) throws SQLException {
        long version = count("PRAGMA user_version");
        if (version < 1 || version > SCHEMA) {
            throw invalid(
                    file,
                    "the ledger must be of version 1 to " + SCHEMA + ", found " + version
                            + "; resume the run with the Errata that began it");
        }
        return version;
    }

    private static Ledger make(String name, String address, Dataset dataset) {
        return open(name, address, ledger -> {
            LedgerSchema.create(ledger.connection);
            ledger.describe(dataset);
        });
    }

    /** A ledger made ready in one transaction, or no open file. */
    private static Ledger open(String name, String address, Preparation preparation) {
        return run(name, () -> {
            Connection connection = DriverManager.getConnection(address);
            try {
                Ledger ledger = new Ledger(name, connection);
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
                rollBack(e);
                throw e;
            }
        });
    }

    /**
     * Writes down which boxes of the training images fool the detector with its second stage, and which only the first, in place of those
     * that stand here.
     *
     * @param threshold a box fools a stage that scores it above this
     */
    public void recordFalsePositives(List<FalsePositive> boxes, double threshold) {
        run(() -> {
            try {
                update("DELETE FROM false_positives");
                insertFalsePositives(boxes, threshold);
                connection.commit();
                return true;
            } catch (SQLException | RuntimeException e) {
                rollBack(e);
                throw e;
            }
        });
    }

    private void insertFalsePositives(List<FalsePositive> boxes, double threshold) throws SQLException {
        String sql = "INSERT INTO false_positives VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (FalsePositive found : boxes) {
                if (Math.max(found.firstScore(), found.score()) > threshold) {
                    insert.setInt(1, found.image());
                    insert.setDouble(2, found.box().x1());
                    insert.setDouble(3, found.box().y1());
                    insert.setDouble(4, found.box().x2());
                    insert.setDouble(5, found.box().y2());
                    insert.setDouble(6, found.maxIou());
                    insert.setInt(7, found.classIndex());
                    insert.setDouble(8, found.firstScore());
                    insert.setDouble(9, found.score());
                    insert.setInt(10, found.score() > threshold ? 2 : 1);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** Where the disk is full, SQLite has done so already, and to do it again is a fault that must not hide the first. */
    private void rollBack(Exception fault) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            fault.addSuppressed(e);
        }
    }

    /** What stands here of one round, to be given to {@link #resume} later. */
    public LedgerRound round(int round) {
        return run(() -> LedgerRound.of(connection, round));
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

    private <T> T run(Work<T> work) {
        return run(name, work);
    }

    private static <T> T run(String name, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new UncheckedIOException(name + ": the ledger failed: " + cause.getMessage(), new IOException(e));
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
