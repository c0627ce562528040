package io.errata.mining.ledger;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether a ledger is what Errata left there: other programs can write to the file, too. */
final class LedgerCheck {

    /** Boxes are the same within so many pixels. */
    private static final double TOLERANCE = 1e-3;

    private final Path file;
    private final Connection connection;

    LedgerCheck(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** @throws InvalidInputException if there is any table, index, trigger or view that Errata does not make so */
    void requireSchema() throws SQLException {
        LedgerSchema.difference(connection).ifPresent(difference -> {
            throw changed("must have the tables that Errata makes and nothing else, " + difference);
        });
    }

    /** @throws InvalidInputException if images and classes are not those of the data, or rows name what is not there */
    void requireData(WindowCorpus corpus) throws SQLException {
        Dataset dataset = corpus.dataset();
        List<String> images = new ArrayList<>();
        for (int i = 0; i < dataset.images().size(); i++) {
            AnnotatedImage image = dataset.images().get(i);
            images.add(i + " " + image.name() + " " + image.width() + " " + image.height());
        }
        requireRows("images", images, "SELECT image || ' ' || name || ' ' || width || ' ' || height FROM images");
        List<String> classes = new ArrayList<>();
        for (int i = 0; i < dataset.classes().size(); i++) {
            classes.add(i + " " + dataset.classes().get(i));
        }
        requireRows("classes", classes, "SELECT class || ' ' || name FROM classes");
        requireReferences();
        requireKeys(corpus);
    }

    private void requireRows(String table, List<String> expected, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql + " ORDER BY 1 + 0")) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(String.valueOf(row.getString(1)));
            }
            if (!found.equals(expected)) {
                throw changed("must have the " + table + " of the run's data");
            }
        }
    }

    /** What a row of one table names in another must be there. */
    private void requireReferences() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA foreign_key_check")) {
            if (row.next()) {
                throw changed("must have in " + row.getString(3) + " what " + row.getString(1)
                        + " names, found a row that names what is not there");
            }
        }
    }

    private void requireKeys(WindowCorpus corpus) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT key, image, level, row, col, x1, y1, x2, y2 FROM negatives ORDER BY key")) {
            while (row.next()) {
                long key = row.getLong(1);
                if (!corpus.has(key)) {
                    throw changed("must have windows of the run's data in negatives, found the key " + key + ", image/"
                            + "level/row/column " + WindowKey.toString(key) + ", which is none");
                }
                Box box = corpus.box(key);
                boolean same = row.getLong(2) == WindowKey.image(key)
                        && row.getLong(3) == WindowKey.level(key)
                        && row.getLong(4) == WindowKey.row(key)
                        && row.getLong(5) == WindowKey.column(key)
                        && near(row.getDouble(6), box.x1())
                        && near(row.getDouble(7), box.y1())
                        && near(row.getDouble(8), box.x2())
                        && near(row.getDouble(9), box.y2());
                if (!same) {
                    throw changed("must have in negatives what the key says, image/level/row/column "
                            + WindowKey.toString(key) + " of " + key + ", found other values beside it");
                }
            }
        }
    }

    private static boolean near(double found, double expected) {
        return Math.abs(found - expected) <= TOLERANCE;
    }

    /** @throws InvalidInputException if the rounds are not these, each with its rows as they were written */
    void requireRounds(List<LedgerRound> written) throws SQLException {
        long negatives = 0;
        long scores = 0;
        for (int round = 0; round < written.size(); round++) {
            LedgerRound expected = written.get(round);
            LedgerRound found = LedgerRound.of(connection, round);
            requireCounts("round " + round, expected.negatives(), expected.scores(), found.negatives(), found.scores());
            if (!found.sha256().equals(expected.sha256())) {
                throw changed("must hold what the run wrote, found other values in the rows of round " + round);
            }
            negatives += expected.negatives();
            scores += expected.scores();
        }
        requireCounts("all rounds", negatives, scores, count("negatives"), count("scores"));
    }

    private void requireCounts(String what, long negatives, long scores, long foundNegatives, long foundScores) {
        if (negatives != foundNegatives || scores != foundScores) {
            throw changed("must hold " + negatives + " negatives and " + scores + " scores of " + what
                    + ", as the run wrote, found " + foundNegatives + " and " + foundScores);
        }
    }

    private long count(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private InvalidInputException changed(String problem) {
        return new InvalidInputException(Problem.inFile(
                file.toString(), "ledger-changed", "the ledger " + problem + "; undo the change, or begin a new run"));
    }
}
