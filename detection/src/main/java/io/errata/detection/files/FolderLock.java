package io.errata.detection.files;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a folder for one process, and in it for one piece of work: the operating system's lock on its file {@value #FILE}. The lock ends
 * with the process however that ends; the file stays. Close it.
 */
public final class FolderLock implements AutoCloseable {

    /** The file that is locked. */
    public static final String FILE = ".lock";

    /**
     * What this process holds. The operating system knows processes only, and would take a lock away from this one as soon as the file is
     * closed anywhere in it, so a second one must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final boolean madeFolder;

    private FolderLock(Path file, FileChannel channel, boolean madeFolder) {
        this.file = file;
        this.channel = channel;
        this.madeFolder = madeFolder;
    }

    /**
     * Locks a folder, which is made where there is none, and taken away again if there is nothing in it at the end. Where the file system
     * has no locks, as some networks' have not, only other work of this process is kept out.
     *
     * @param work what is done in it, for the message, such as {@code run}
     * @throws InvalidInputException if it is locked ({@code folder-locked})
     * @throws IOException if the file cannot be made
     */
    public static FolderLock of(Path folder, String work) throws IOException {
        boolean makesFolder = !Files.exists(folder);
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve(FILE);
        if (!HELD.add(file)) {
            throw locked(folder, work, "this process");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel, file)) {
                throw locked(folder, work, "another process");
            }
            return new FolderLock(file, channel, makesFolder);
        } catch (IOException | RuntimeException e) {
            release(file, channel);
            throw e;
        }
    }

    private static boolean isLocked(FileChannel channel, Path file) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) { // held by this class, loaded once more
            return false;
        } catch (IOException e) {
            log().warn("{} cannot be locked ({}); let no other process work there", file, e.getMessage());
            return true;
        }
    }

    private static InvalidInputException locked(Path folder, String work, String holder) {
        return new InvalidInputException(Problem.inFile(
                folder.toString(),
                "folder-locked",
                holder + " works on this " + work + " now; wait until it ends, or stop it first"));
    }

    @Override
    public void close() {
        try {
            release(file, channel);
            if (madeFolder) {
                deleteEmptyFolder();
            }
        } catch (IOException e) {
            log().debug("{} cannot be closed", file, e); // the lock ends with the process
        }
    }

    private void deleteEmptyFolder() throws IOException {
        Path folder = file.resolveSibling("");
        boolean isEmpty;
        try (Stream<Path> entries = Files.list(folder)) {
            isEmpty = entries.allMatch(file::equals);
        }
        if (isEmpty) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void release(Path file, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(file);
        }
    }

    /** Asked for only where there is something to log: a logging backend takes its time to begin. */
    private static Logger log() {
        return LoggerFactory.getLogger(FolderLock.class);
    }
}
