package io.errata.datasets.synthetic;

import io.errata.core.geometry.Box;
import java.util.ArrayList;
import java.util.List;

/** Layers of stain that belong together, such as a ring and the dot on it. */
record Figure(List<StainLayer> layers) {

    Figure {
        layers = List.copyOf(layers);
    }

    static Figure of(StainLayer... layers) {
        return new Figure(List.of(layers));
    }

    /** These layers and one more on top. */
    Figure and(StainLayer layer) {
        List<StainLayer> more = new ArrayList<>(layers);
        more.add(layer);
        return new Figure(more);
    }

    /** The smallest box around all layers. */
    Box bounds() {
        Box first = layers.get(0).outline().bounds();
        double x1 = first.x1();
        double y1 = first.y1();
        double x2 = first.x2();
        double y2 = first.y2();
        for (StainLayer layer : layers) {
            Box box = layer.outline().bounds();
            x1 = Math.min(x1, box.x1());
            y1 = Math.min(y1, box.y1());
            x2 = Math.max(x2, box.x2());
            y2 = Math.max(y2, box.y2());
        }
        return new Box(x1, y1, x2, y2);
    }

    /** The same figure, its longer side {@code size} pixels long and its box's middle at the origin. */
    Figure fitted(double size) {
        Box box = bounds();
        double scale = size / Math.max(box.width(), box.height());
        double dx = -scale * (box.x1() + box.x2()) / 2;
        double dy = -scale * (box.y1() + box.y2()) / 2;
        return new Figure(layers.stream()
                .map(layer -> layer.at(layer.outline().scaled(scale).moved(dx, dy)))
                .toList());
    }

    Figure moved(double dx, double dy) {
        return new Figure(layers.stream()
                .map(layer -> layer.at(layer.outline().moved(dx, dy)))
                .toList());
    }
}
