package io.errata.datasets.synthetic;

import io.errata.core.geometry.Box;
import java.util.ArrayList;
import java.util.List;

/** Marks that belong together, such as a ring and the dot on it. */
record Figure(List<Mark> marks) {

    Figure {
        marks = List.copyOf(marks);
    }

    static Figure of(Mark... marks) {
        return new Figure(List.of(marks));
    }

    /** These marks and one more on top. */
    Figure and(Mark mark) {
        List<Mark> more = new ArrayList<>(marks);
        more.add(mark);
        return new Figure(more);
    }

    /** The smallest box around all marks. */
    Box bounds() {
        Box first = marks.get(0).outline().bounds();
        double x1 = first.x1();
        double y1 = first.y1();
        double x2 = first.x2();
        double y2 = first.y2();
        for (Mark mark : marks) {
            Box box = mark.outline().bounds();
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
        return new Figure(marks.stream()
                .map(mark -> mark.at(mark.outline().scaled(scale).moved(dx, dy)))
                .toList());
    }

    Figure moved(double dx, double dy) {
        return new Figure(marks.stream()
                .map(mark -> mark.at(mark.outline().moved(dx, dy)))
                .toList());
    }
}
