package io.errata.datasets.patch;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Patches cut in one pass over the images: each image is decoded once, whatever the order in which its patches were asked for. They are
 * held in memory, or in a file where they are many; the file is of no use to anyone else and goes with the pack. Close it.
 */
public final class PatchPack implements AutoCloseable {

    /** Patches of a block of memory, so that no array is too large for the JVM. */
    private static final int BLOCK = 1 << 10;

    private final int size;
    private final int patchBytes;
    private final List<byte[]> blocks = new ArrayList<>();
    private final @Nullable Path file;
    private final @Nullable FileChannel channel;

    private PatchPack(PatchRequests requests, @Nullable Path file) throws IOException {
        this.size = requests.size();
        this.patchBytes = requests.patchBytes();
        this.file = file;
        if (file == null) {
            this.channel = null;
            for (int from = 0; from < requests.size(); from += BLOCK) {
                blocks.add(new byte[patchBytes * Math.min(BLOCK, requests.size() - from)]);
            }
        } else {
            Files.deleteIfExists(file); // of a run that was killed
            this.channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    /**
     * Cuts all patches that were asked for.
     *
     * @param memory bytes of patches to hold in memory at most
     * @param file where they go if they are more; an old one is replaced
     * @throws InvalidInputException if an image cannot be read any more
     * @throws UncheckedIOException if the file cannot be written
     */
    public static PatchPack cut(PatchRequests requests, PyramidStore pyramids, long memory, Path file) {
        boolean fits = (long) requests.size() * requests.patchBytes() <= memory;
        try {
            PatchPack pack = new PatchPack(requests, fits ? null : file);
            try {
                pack.fill(requests, pyramids);
                return pack;
            } catch (RuntimeException e) {
                pack.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void fill(PatchRequests requests, PyramidStore pyramids) {
        int[] order = requests.byLevel();
        Map<Integer, int[]> ranges = new LinkedHashMap<>();
        for (int from = 0, to = 1; from < order.length; to++) {
            int image = WindowKey.image(requests.key(order[from]));
            if (to == order.length || WindowKey.image(requests.key(order[to])) != image) {
                ranges.put(image, new int[] {from, to});
                from = to;
            }
        }
        int[] images = ranges.keySet().stream().mapToInt(Integer::intValue).toArray();
        pyramids.forEach(
                images,
                (image, pyramid) -> cut(pyramid, requests, order, requireNonNull(ranges.get(image))),
                cut -> {});
    }

    private boolean cut(Pyramid pyramid, PatchRequests requests, int[] order, int[] range) {
        new PatchCutter(pyramid.geometry().patch()).cut(pyramid, requests, order, range[0], range[1], this::put);
        return true;
    }

    private void put(byte[] patch, int index) {
        if (channel == null) {
            System.arraycopy(patch, 0, blocks.get(index / BLOCK), index % BLOCK * patchBytes, patchBytes);
            return;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(patch, 0, patchBytes);
            long at = (long) index * patchBytes;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void get(int index, byte[] patch) {
        if (channel == null) {
            System.arraycopy(blocks.get(index / BLOCK), index % BLOCK * patchBytes, patch, 0, patchBytes);
            return;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(patch);
            long at = (long) index * patchBytes;
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, at + bytes.position());
                if (read < 0) {
                    throw new EOFException("it was cut short while the run was using it");
                }
            }
        } catch (EOFException e) {
            throw new InvalidInputException(Problem.inFile(
                    String.valueOf(file),
                    "patch-file",
                    "the file of a round's patches must stay whole, but " + e.getMessage()));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static UncheckedIOException failed(@Nullable Path file, IOException e) {
        return new UncheckedIOException("the patches of a round cannot be kept in " + file + ": " + e.getMessage(), e);
    }

    /** How many patches there are. */
    public int size() {
        return size;
    }

    /** Whether the patches are in a file. */
    boolean isInFile() {
        return channel != null;
    }

    /** A source that gives the patches in the order in which they were asked for; each thread needs one of its own. */
    public Reader reader() {
        return new Reader();
    }

    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(requireNonNull(file));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Gives patches again as they were asked for. */
    public final class Reader implements PatchSource {

        private final byte[] scratch = new byte[patchBytes];
        private int next;

        /** Goes on with the patch that was asked for as this one, from 0. */
        public Reader at(int index) {
            next = index;
            return this;
        }

        @Override
        public byte[] window(long key) {
            return next();
        }

        @Override
        public byte[] frame(int image, int level, double centreX, double centreY, double zoom) {
            return next();
        }

        private byte[] next() {
            get(next++, scratch);
            return scratch;
        }
    }
}
