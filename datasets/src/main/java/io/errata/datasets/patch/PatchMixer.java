package io.errata.datasets.patch;

import io.errata.core.geometry.Box;
import io.errata.core.mixing.Mix;
import io.errata.core.mixing.Mixing;
import io.errata.core.mixing.Role;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Mixes the patches of a batch in place. Pixels are mixed as they are, as bytes, blends rounded to the nearest; each patch keeps its own
 * gain and shift, which then apply to what it received too. A giver gives what it was before any mixing. A positive keeps its own box
 * offsets. Keeps one copy of a batch's pixels: not safe to use from several threads.
 */
public final class PatchMixer {

    private final Mixing mixing;
    private byte[] originals = new byte[0];

    public PatchMixer(Mixing mixing) {
        this.mixing = mixing;
    }

    /** Mixes a batch that is filled and not yet mixed; the positives in front are {@link Role#POSITIVE}, the others background. */
    public void mix(PatchBatch batch, SplittableRandom random) {
        List<Role> roles = IntStream.range(0, batch.size())
                .mapToObj(i -> i < batch.positives() ? Role.POSITIVE : Role.BACKGROUND)
                .toList();
        apply(batch, mixing.plan(roles, random));
    }

    /** Does what a plan says. */
    void apply(PatchBatch batch, List<Mix> plan) {
        if (plan.isEmpty()) {
            return;
        }
        ByteBuffer pixels = batch.pixels();
        originals = originals.length == pixels.capacity() ? originals : new byte[pixels.capacity()];
        pixels.get(originals);
        int bytes = originals.length / batch.size();
        byte[] mixed = new byte[bytes];
        for (Mix mix : plan) {
            int own = mix.receiver() * bytes;
            int other = mix.giver() * bytes;
            Box cut = mix.cut();
            if (cut == null) {
                blend(own, other, mix.lambda(), mixed);
            } else {
                paste(own, other, cut, batch.patch(), mixed);
            }
            batch.setPixels(mix.receiver(), mixed);
            if (mix.giverCounts()) {
                batch.setPartner(mix.receiver(), mix.giver(), mix.lambda());
            } else {
                batch.setBackgroundPartner(mix.receiver(), mix.lambda());
            }
        }
    }

    private void blend(int own, int other, double lambda, byte[] mixed) {
        for (int i = 0; i < mixed.length; i++) {
            double value = lambda * (originals[own + i] & 0xff) + (1 - lambda) * (originals[other + i] & 0xff);
            mixed[i] = (byte) (value + 0.5);
        }
    }

    private void paste(int own, int other, Box cut, int side, byte[] mixed) {
        System.arraycopy(originals, own, mixed, 0, mixed.length);
        int from = 3 * (int) cut.x1();
        int count = 3 * (int) cut.width();
        for (int y = (int) cut.y1(); y < cut.y2(); y++) {
            int at = 3 * side * y + from;
            System.arraycopy(originals, other + at, mixed, at, count);
        }
    }
}
