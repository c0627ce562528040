package io.errata.mining.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The tables of a ledger, and what a file has that is not these. */
final class LedgerSchema {

    private static final String FALSE_POSITIVES =
            "CREATE TABLE false_positives (image INTEGER NOT NULL REFERENCES images,"
                    + " x1 REAL NOT NULL, y1 REAL NOT NULL, x2 REAL NOT NULL, y2 REAL NOT NULL, max_iou REAL NOT NULL,"
                    + " class INTEGER NOT NULL REFERENCES classes, first_score REAL NOT NULL, score REAL NOT NULL,"
                    + " stage INTEGER NOT NULL)";

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
                    + " score REAL NOT NULL, class INTEGER NOT NULL REFERENCES classes, PRIMARY KEY (key, round)) WITHOUT ROWID",
            FALSE_POSITIVES);

    private LedgerSchema() {}

    /** Makes the tables in an empty database. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate(table);
            }
            statement.executeUpdate("PRAGMA user_version = " + Ledger.SCHEMA);
        }
    }

    /** Makes what version 1 had not. */
    static void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(FALSE_POSITIVES);
            statement.executeUpdate("PRAGMA user_version = " + Ledger.SCHEMA);
        }
    }

    /** What a database has besides the tables that {@link #create} makes, lacks of them, or has otherwise; empty where it is the same. */
    static Optional<String> difference(Connection connection) throws SQLException {
        Map<String, String> expected;
        try (Connection empty = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            create(empty);
            expected = objects(empty);
        }
        Map<String, String> found = objects(connection);
        return first(found.keySet(), name -> !expected.containsKey(name))
                .map(name -> "found besides them the " + name)
                .or(() -> first(expected.keySet(), name -> !found.containsKey(name))
                        .map(name -> "found no " + name))
                .or(() -> first(expected.keySet(), name -> !Objects.equals(expected.get(name), found.get(name)))
                        .map(name -> "found the " + name + " changed"));
    }

    private static Optional<String> first(Collection<String> names, Predicate<String> which) {
        return names.stream().filter(which).findFirst();
    }

    /** The SQL of every table, index, trigger and view, by kind and name. */
    private static Map<String, String> objects(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT type || ' ' || name, sql FROM sqlite_master")) {
            Map<String, String> objects = new TreeMap<>();
            while (row.next()) {
                objects.put(row.getString(1), String.valueOf(row.getString(2)));
            }
            return objects;
        }
    }
}
