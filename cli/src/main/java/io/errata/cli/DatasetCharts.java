package io.errata.cli;

import io.errata.datasets.image.Pixels;
import io.errata.datasets.statistics.ClassStatistics;
import io.errata.datasets.statistics.DatasetStatistics;
import io.errata.datasets.statistics.Distribution;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Charts of a data set, four on one picture: the objects of each class, their sizes, their aspect ratios, and how many are on an image.
 * Opens no window, and asks for no display where the system property {@code java.awt.headless} is {@code true}.
 */
public final class DatasetCharts {

    /** The picture's width in pixels. */
    public static final int WIDTH = 1600;
    /** The picture's height in pixels. */
    public static final int HEIGHT = 1200;

    private static final int MAX_BARS = 24;
    private static final int MAX_LINES = 8;
    private static final int MAX_LETTERS = 20;
    private static final int BINS = 40;

    private final DatasetStatistics statistics;

    private DatasetCharts(DatasetStatistics statistics) {
        this.statistics = statistics;
    }

    /** The charts of these statistics, which may be of no object at all. */
    public static DatasetCharts of(DatasetStatistics statistics) {
        return new DatasetCharts(statistics);
    }

    /** The picture, {@link #WIDTH} × {@link #HEIGHT} pixels. */
    public Pixels draw() {
        List<Panel> panels = List.of(
                objectsOfClasses()::paint,
                histogram("Size: root of the box's area, pixels", statistics.sizes(), ClassStatistics::sizes)::paint,
                histogram("Aspect ratio: width over height", statistics.aspects(), ClassStatistics::aspects)::paint,
                objectsPerImage()::paint);
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        for (int i = 0; i < panels.size(); i++) {
            Graphics2D part =
                    (Graphics2D) graphics.create(i % 2 * WIDTH / 2, i / 2 * HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
            panels.get(i).paint(part, WIDTH / 2, HEIGHT / 2);
            part.dispose();
        }
        graphics.dispose();
        return pixels(picture);
    }

    /** A bar for each of the commonest classes, and one for all others together. */
    private CategoryChart objectsOfClasses() {
        CategoryChart chart = new CategoryChart(WIDTH / 2, HEIGHT / 2);
        List<ClassStatistics> classes = commonestFirst();
        List<String> names = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (ClassStatistics one : classes.subList(0, Math.min(MAX_BARS, classes.size()))) {
            names.add(name(one));
            counts.add(one.objects());
        }
        if (classes.size() > MAX_BARS) {
            names.add(classes.size() - MAX_BARS + " others");
            counts.add(classes.stream()
                    .skip(MAX_BARS)
                    .mapToInt(ClassStatistics::objects)
                    .sum());
        }
        style(chart.getStyler());
        chart.setTitle("Objects of each class: " + statistics.objects() + " on " + statistics.images() + " images");
        chart.getStyler().setLabelsVisible(names.size() <= MAX_LINES);
        chart.getStyler().setXAxisLabelRotation(names.size() <= MAX_LINES ? 0 : 60);
        if (!names.isEmpty()) {
            chart.addSeries("objects", names, counts);
        }
        return chart;
    }

    /** How often values between logarithmic steps come, one line a class where there are few classes. */
    private XYChart histogram(String title, Distribution all, Function<ClassStatistics, Distribution> ofClass) {
        XYChart chart = new XYChart(WIDTH / 2, HEIGHT / 2);
        style(chart.getStyler());
        chart.setTitle(title);
        // XChart's own logarithmic axis has a label a decade only
        chart.getStyler().setXAxisTickLabelsFormattingFunction(x -> shortNumber(Math.pow(2, x)));
        double smallest = all.quantile(0);
        double largest = all.quantile(1);
        if (!(smallest > 0 && largest < Double.POSITIVE_INFINITY)) {
            return chart;
        }
        double[] edges = logarithmicEdges(smallest / 1.05, largest * 1.05);
        double[] checks =
                Arrays.stream(edges).map(edge -> Math.log(edge) / Math.log(2)).toArray();
        List<ClassStatistics> classes = commonestFirst();
        if (classes.size() > MAX_LINES) {
            addLine(chart, "all classes", checks, all.histogram(edges));
        } else {
            classes.forEach(
                    one -> addLine(chart, name(one), checks, ofClass.apply(one).histogram(edges)));
        }
        chart.getStyler().setLegendVisible(true);
        return chart;
    }

    /** How many images have so many objects, in bars of equal width. */
    private XYChart objectsPerImage() {
        XYChart chart = new XYChart(WIDTH / 2, HEIGHT / 2);
        style(chart.getStyler());
        chart.setTitle("Objects on an image: " + statistics.backgrounds() + " images without");
        Distribution values = statistics.objectsPerImage();
        if (values.count() > 0) {
            int step = 1 + (int) values.quantile(1) / BINS;
            int bins = (int) values.quantile(1) / step + 1;
            double[] edges = IntStream.rangeClosed(0, bins)
                    .mapToDouble(i -> (double) i * step)
                    .toArray();
            addLine(chart, "images", edges, values.histogram(edges));
        }
        return chart;
    }

    private List<ClassStatistics> commonestFirst() {
        return statistics.classes().stream()
                .filter(one -> one.objects() > 0)
                .sorted(Comparator.comparingInt(one -> -one.objects()))
                .toList();
    }

    private static double[] logarithmicEdges(double from, double to) {
        double[] edges = new double[BINS + 1];
        Arrays.setAll(edges, i -> from * Math.pow(to / from, (double) i / BINS));
        return edges;
    }

    private static String shortNumber(double value) {
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Steps from edge to edge, down to nothing at the end. */
    private static void addLine(XYChart chart, String name, double[] edges, int[] counts) {
        double[] steps = new double[edges.length];
        Arrays.setAll(steps, i -> i < counts.length ? counts[i] : 0);
        XYSeries series = chart.addSeries(name, edges, steps);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea);
        series.setMarker(SeriesMarkers.NONE);
    }

    private static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setLegendVisible(false);
        styler.setLegendPosition(LegendPosition.InsideNE);
        styler.setYAxisMin(0.0);
        styler.setYAxisDecimalPattern("#,##0");
    }

    /** A class's name where there is little room; its number keeps those apart that had to be cut. */
    private String name(ClassStatistics one) {
        String clean = one.label().replaceAll("\\p{Cntrl}", "?");
        boolean shown = clean.equals(one.label()) && !clean.isBlank() && clean.length() <= MAX_LETTERS;
        return shown
                ? clean
                : clean.substring(0, Math.min(clean.length(), MAX_LETTERS)) + "… ("
                        + statistics.classes().indexOf(one) + ")";
    }

    private static Pixels pixels(BufferedImage picture) {
        int[] packed = picture.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
        byte[] rgb = new byte[3 * packed.length];
        for (int i = 0; i < packed.length; i++) {
            rgb[3 * i] = (byte) (packed[i] >> 16);
            rgb[3 * i + 1] = (byte) (packed[i] >> 8);
            rgb[3 * i + 2] = (byte) packed[i];
        }
        return new Pixels(WIDTH, HEIGHT, rgb);
    }

    /** Part of the picture. */
    @FunctionalInterface
    private interface Panel {
        void paint(Graphics2D graphics, int width, int height);
    }
}
