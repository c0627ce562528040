package io.errata.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** A small data set on disk, in CSV: grey images with bright squares. */
final class Pictures {

    /** The configuration of a run of two tiny steps, without its data. */
    static final String TINY_RUN = """
            training: {steps_per_round: 2, batch_size: 8}
            mining: {rounds: 1}
            network: {widths: [4, 4, 4, 4, 4]}
            run: {threads: 1}
            """;

    private static final int SIDE = 96;

    private final Path folder;
    private final List<String> lines = new ArrayList<>(List.of("filename,class,xmin,ymin,xmax,ymax"));

    private Pictures(Path folder) {
        this.folder = folder;
    }

    static Pictures in(Path folder) throws IOException {
        return new Pictures(Files.createDirectories(folder));
    }

    /** Images {@code 0.jpg} to {@code 7.jpg}, each with one cell of 20 × 20 pixels. */
    static Pictures ofCells(Path folder) throws IOException {
        Pictures pictures = in(folder);
        for (int i = 0; i < 8; i++) {
            pictures.image(i + ".jpg").object(i + ".jpg", "cell", 5 + 8 * i, 60 - 6 * i, 20);
        }
        return pictures;
    }

    Pictures image(String name) throws IOException {
        return image(name, Color.GRAY.getRed());
    }

    /** Draws an image of this grey. */
    Pictures image(String name, int grey) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(grey, grey, grey));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.dispose();
        ImageIO.write(image, "jpg", file(name).toFile());
        return this;
    }

    /** Paints a square and annotates it; what lies outside the image is annotated only. */
    Pictures object(String name, String label, int x, int y, int side) throws IOException {
        BufferedImage image = ImageIO.read(file(name).toFile());
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(x, y, side, side);
        graphics.dispose();
        ImageIO.write(image, "jpg", file(name).toFile());
        lines.add(String.join(",", name, label, "" + x, "" + y, "" + (x + side), "" + (y + side)));
        return this;
    }

    /** Annotates that there is nothing on an image. */
    Pictures background(String name) {
        lines.add(name + ",,,,,");
        return this;
    }

    /** Cuts the end of an image's file off; its header stays. */
    Pictures truncate(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file(name));
        Files.write(file(name), Arrays.copyOf(bytes, bytes.length - 20));
        return this;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes the annotations; returns the SPEC. */
    String spec() throws IOException {
        return "csv:" + Files.write(folder.resolve("objects.csv"), lines);
    }
}
