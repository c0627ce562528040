package io.errata.datasets.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that a decoder gets: those parts of a file that make up its picture, and here and there bytes in their place. Text, colour
 * profiles and whatever else a file carries never reach a decoder, which would spend memory on them.
 */
final class Extract {

    private final List<Piece> pieces = new ArrayList<>();
    private long length;

    /** Appends a part of the file. */
    void copy(long from, long bytes) {
        Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        if (last != null && last.literal.length == 0 && last.from + last.bytes == from) {
            pieces.set(pieces.size() - 1, new Piece(last.from, last.bytes + bytes, last.literal));
        } else if (bytes > 0) {
            pieces.add(new Piece(from, bytes, new byte[0]));
        }
        length += bytes;
    }

    /** Appends bytes that do not come from the file. */
    void append(int... bytes) {
        byte[] literal = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            literal[i] = (byte) bytes[i];
        }
        pieces.add(new Piece(0, literal.length, literal));
        length += literal.length;
    }

    /** How many bytes it has. */
    long length() {
        return length;
    }

    /** Takes the bytes out of the file. */
    byte[] read(Path path) throws IOException {
        byte[] all = new byte[Math.toIntExact(length)];
        int at = 0;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            for (Piece piece : pieces) {
                int bytes = Math.toIntExact(piece.bytes);
                if (piece.literal.length > 0) {
                    System.arraycopy(piece.literal, 0, all, at, bytes);
                } else {
                    file.seek(piece.from);
                    file.readFully(all, at, bytes);
                }
                at += bytes;
            }
        }
        return all;
    }

    /** A part of the file, or bytes in the place of one. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(long from, long bytes, byte[] literal) {}
}
