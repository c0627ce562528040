package io.errata.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.problem.InvalidArgumentException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoxesTest {

    private static final float NAN = Float.NaN;

    @Test
    void agreesWithTorchvision() {
        // python -c "import torch; from torchvision.ops import box_iou as f; t=torch.tensor;
        // print(f(t([[0.5,1.25,7.5,9.],[3,3,4,4]]),
        //     t([[2,2,9.5,8.],[0.5,1.25,7.5,9.],[100,100,101,101]])).flatten().tolist())"      (torchvision 0.22.1)
        float[] expected = {0.49811321f, 1, 0, 0.022222223f, 0.01843318f, 0};
        float[] a = {0.5f, 1.25f, 7.5f, 9, 3, 3, 4, 4};
        float[] b = {2, 2, 9.5f, 8, 0.5f, 1.25f, 7.5f, 9, 100, 100, 101, 101};

        assertThat(Boxes.iou(a, b)).containsExactly(expected, within(1e-7f));
    }

    @Test
    void dividesByTheAreaOfTheFirstBoxOnly() {
        float[] windows = {0, 0, 10, 10, 5, 5, 7, 7};
        float[] regions = {5, 0, 30, 10, 0, 0, 100, 100};

        assertThat(Boxes.intersectionOverArea(windows, regions)).containsExactly(0.5f, 1, 1, 1);
    }

    @Test
    void touchingBoxesDoNotOverlap() {
        assertThat(Boxes.iou(new float[] {0, 0, 10, 10}, new float[] {10, 0, 20, 10, 0, 10, 10, 20}))
                .containsExactly(0, 0);
    }

    @Test
    void emptyBoxesAndNanOverlapNothing() {
        float[] odd = {3, 3, 3, 8, 8, 8, 3, 3, NAN, 0, 9, 9, 0, 0, 9, NAN};
        float[] box = {0, 0, 10, 10};

        assertThat(Boxes.iou(odd, box)).containsExactly(0, 0, 0, 0);
        assertThat(Boxes.iou(box, odd)).containsExactly(0, 0, 0, 0);
        assertThat(Boxes.iou(odd, odd)).containsOnly(0);
        assertThat(Boxes.intersectionOverArea(odd, box)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void isExactFarFromTheOrigin() {
        // In float arithmetic 16777000 × 16777002 areas lose the shared strip.
        float[] a = {0, 0, 16_777_000, 16_777_000};
        float[] b = {16_776_998, 16_776_998, 16_777_002, 16_777_002};

        assertThat(Boxes.intersectionOverArea(b, a)).containsExactly(0.25f);
    }

    @Test
    void agreesWithSingleBoxes() {
        Random random = new Random(5);
        List<Box> a = random.ints(20, 0, 50).mapToObj(x -> box(random, x)).toList();
        List<Box> b = random.ints(30, 0, 50).mapToObj(x -> box(random, x)).toList();

        float[] iou = Boxes.iou(Boxes.of(a), Boxes.of(b));

        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                assertThat(iou[i * b.size() + j]).isEqualTo((float) a.get(i).iou(b.get(j)));
            }
        }
    }

    @Test
    void flatArraysKeepTheirBoxes() {
        List<Box> boxes = List.of(new Box(1, 2, 3, 4), new Box(5, 6, 7, 8));

        assertThat(Boxes.count(Boxes.of(boxes))).isEqualTo(2);
        assertThat(Boxes.get(Boxes.of(boxes), 1)).isEqualTo(boxes.get(1));
    }

    @Test
    void noBoxesGiveNoPairs() {
        assertThat(Boxes.iou(new float[0], new float[] {0, 0, 1, 1})).isEmpty();
        assertThat(Boxes.intersectionOverArea(new float[] {0, 0, 1, 1}, new float[0]))
                .isEmpty();
    }

    @Test
    void refusesArraysThatAreNotWholeBoxes() {
        assertThatThrownBy(() -> Boxes.iou(new float[5], new float[4]))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("boxes must hold 4 numbers a box, found 5 numbers");
    }

    private static Box box(Random random, int x) {
        return Box.ofSize(x, random.nextInt(50), random.nextInt(30), random.nextInt(30));
    }
}
