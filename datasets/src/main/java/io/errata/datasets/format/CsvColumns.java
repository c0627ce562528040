package io.errata.datasets.format;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the columns of a {@link Csv} file are, by their names in the first line. Tools call them differently; case, spaces, {@code _} and
 * {@code -} make no difference.
 */
final class CsvColumns {

    /** Parts of names of columns that turn a box. */
    private static final List<String> ANGLES = List.of("angle", "rotation", "theta", "rot");

    /** Columns that say nothing that matters here. */
    private static final Set<String> PASSED_OVER = Set.of(
            "",
            "id",
            "source",
            "depth",
            "isoccluded",
            "istruncated",
            "isdepiction",
            "isinside",
            "occluded",
            "truncated");

    private final List<String> header;
    private final List<String> plain;
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);
    private final Optional<Form> form;

    /** A column that has a meaning, with the names that tools give it; the first counts before the others. */
    enum Column {
        FILE(
                "filename file filepath path image imageid imagename imagepath imagefile imagefilename img imgname imgpath"),
        LABEL("class classname label labelname category categoryname objectclass"),
        LEFT("xmin x1 xtl left minx bboxx1 bboxxmin bboxx bboxleft x"),
        TOP("ymin y1 ytl top miny bboxy1 bboxymin bboxy bboxtop y"),
        RIGHT("xmax x2 xbr right maxx bboxx2 bboxxmax bboxright"),
        BOTTOM("ymax y2 ybr bottom maxy bboxy2 bboxymax bboxbottom"),
        CENTRE_X("xcenter centerx xcentre centrex xc cx"),
        CENTRE_Y("ycenter centery ycentre centrey yc cy"),
        BOX_WIDTH("w boxwidth bboxwidth bboxw boxw bw"),
        BOX_HEIGHT("h boxheight bboxheight bboxh boxh bh"),
        BOX("bbox box boundingbox"),
        WIDTH("width"),
        HEIGHT("height"),
        IMAGE_WIDTH("imagewidth imgwidth imagew imgw"),
        IMAGE_HEIGHT("imageheight imgheight imageh imgh"),
        GROUP("isgroupof iscrowd crowd"),
        DIFFICULT("difficult isdifficult"),
        CONFIDENCE("confidence score conf probability"),
        ANGLE("angle rotation theta rotationangle");

        private final String names;

        Column(String names) {
            this.names = names;
        }

        private List<String> names() {
            return List.of(names.split(" "));
        }
    }

    /** How the columns give a box. */
    enum Form {
        CORNERS("left, top, right and bottom"),
        SIDES("left, top, width and height"),
        CENTRE("centre, width and height"),
        ONE_COLUMN("[left, top, width, height]");

        private final String meaning;

        Form(String meaning) {
            this.meaning = meaning;
        }

        /** What the numbers are, in words. */
        String meaning() {
            return meaning;
        }
    }

    CsvColumns(List<String> header) {
        this.header = List.copyOf(header);
        this.plain = header.stream().map(CsvColumns::plain).toList();
        for (Column column : Column.values()) {
            column.names().stream()
                    .map(plain::indexOf)
                    .filter(place -> place >= 0)
                    .findFirst()
                    .ifPresent(place -> places.put(column, place));
        }
        if (!has(Column.ANGLE)) {
            plain.stream()
                    .filter(name -> ANGLES.stream().anyMatch(name::contains))
                    .findFirst()
                    .ifPresent(name -> places.put(Column.ANGLE, plain.indexOf(name)));
        }
        this.form = formOf();
        boolean sizesOfBoxes = form.isPresent() && (form.get() == Form.SIDES || form.get() == Form.CENTRE);
        if (sizesOfBoxes && !hasAll(Column.BOX_WIDTH, Column.BOX_HEIGHT)) {
            move(Column.WIDTH, Column.BOX_WIDTH);
            move(Column.HEIGHT, Column.BOX_HEIGHT);
        } else if (!hasAll(Column.IMAGE_WIDTH, Column.IMAGE_HEIGHT)) {
            move(Column.WIDTH, Column.IMAGE_WIDTH);
            move(Column.HEIGHT, Column.IMAGE_HEIGHT);
        }
    }

    /** The first name that stands twice. */
    Optional<String> repeated() {
        Set<String> seen = new HashSet<>();
        return header.stream()
                .filter(name -> !seen.add(plain(name)) && !plain(name).isEmpty())
                .findFirst();
    }

    /** Whether there are more than two corners of a box. */
    boolean hasFourCorners() {
        return plain.contains("x3") && plain.contains("y3");
    }

    /** The places of all columns that could have this meaning, the one that counts first. */
    List<Integer> rivals(Column column) {
        return column.names().stream()
                .map(plain::indexOf)
                .filter(place -> place >= 0)
                .toList();
    }

    /** A column as the file calls it. */
    String name(int place) {
        return header.get(place);
    }

    /** The columns without a meaning that is understood. */
    List<String> unknown() {
        List<String> known = Stream.of(Column.values())
                .flatMap(column -> column.names().stream())
                .toList();
        return header.stream()
                .filter(name -> !known.contains(plain(name)) && !PASSED_OVER.contains(plain(name)))
                .filter(name -> !places.containsValue(header.indexOf(name)))
                .toList();
    }

    /** How many columns there are. */
    int size() {
        return header.size();
    }

    boolean has(Column column) {
        return places.containsKey(column);
    }

    /** The text of a column; empty where there is no such column. */
    String text(Column column, List<String> fields) {
        Integer place = places.get(column);
        return place == null || place >= fields.size() ? "" : fields.get(place);
    }

    /** How boxes are given; empty where they are not, or the images are not named. */
    Optional<Form> form() {
        return has(Column.FILE) ? form : Optional.empty();
    }

    /** The columns that give a box. */
    List<Column> boxColumns() {
        return switch (form.orElse(Form.CORNERS)) {
            case CORNERS -> List.of(Column.LEFT, Column.TOP, Column.RIGHT, Column.BOTTOM);
            case SIDES -> List.of(Column.LEFT, Column.TOP, Column.BOX_WIDTH, Column.BOX_HEIGHT);
            case CENTRE -> List.of(Column.CENTRE_X, Column.CENTRE_Y, Column.BOX_WIDTH, Column.BOX_HEIGHT);
            case ONE_COLUMN -> List.of(Column.BOX);
        };
    }

    /** Columns as the file calls them. */
    List<String> namesOf(List<Column> columns) {
        return columns.stream()
                .filter(this::has)
                .map(column -> header.get(places.getOrDefault(column, 0)))
                .toList();
    }

    /** Whether it may be a file without classes: no column is there that could be one under another name. */
    boolean isWithoutClasses() {
        List<String> known = new ArrayList<>(List.of("source", ""));
        for (Column column : Column.values()) {
            known.addAll(column.names());
        }
        return !has(Column.LABEL) && header.stream().map(CsvColumns::plain).allMatch(known::contains);
    }

    /** The names that are understood, for messages. */
    static String understood() {
        return "filename (or " + some(Column.FILE) + "), class (or " + some(Column.LABEL)
                + ") and xmin, ymin, xmax, ymax (or x1, y1, x2, y2; x, y, w, h; x_center, y_center, w, h; bbox)";
    }

    private static String some(Column column) {
        return String.join(", ", column.names().subList(1, column.names().size()));
    }

    private Optional<Form> formOf() {
        boolean sizes = hasAll(Column.BOX_WIDTH, Column.BOX_HEIGHT) || hasAll(Column.WIDTH, Column.HEIGHT);
        if (hasAll(Column.LEFT, Column.TOP, Column.RIGHT, Column.BOTTOM)) {
            return Optional.of(Form.CORNERS);
        }
        if (sizes && hasAll(Column.CENTRE_X, Column.CENTRE_Y)) {
            return Optional.of(Form.CENTRE);
        }
        if (sizes && hasAll(Column.LEFT, Column.TOP)) {
            return Optional.of(Form.SIDES);
        }
        return has(Column.BOX) ? Optional.of(Form.ONE_COLUMN) : Optional.empty();
    }

    private boolean hasAll(Column... columns) {
        return places.keySet().containsAll(List.of(columns));
    }

    private void move(Column from, Column to) {
        Integer place = places.remove(from);
        if (place != null) {
            places.put(to, place);
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_\\-]", "");
    }
}
