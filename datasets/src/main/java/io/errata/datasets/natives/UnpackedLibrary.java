package io.errata.datasets.natives;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native libraries, unpacked from their jars once for a user and loaded from there by every process: {@code NAME-CHECKSUM/FILE} below
 * {@code $XDG_CACHE_HOME/errata} or {@code ~/.cache/errata}. The loaders that come with OpenCV, SQLite and JNA unpack anew for every
 * process, and one that is killed leaves its copy behind, 65 MB of OpenCV alone; of such folders in a shared temporary folder nobody can
 * tell whose they are. These are loaded only from folders that belong to this user and that no other can write to, and never by way of
 * a link.
 */
public final class UnpackedLibrary {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] PRIVATE = POSIX
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];

    private UnpackedLibrary() {}

    /**
     * The file of a library, unpacked now if it is not yet.
     *
     * @param resource its absolute name on the class path, such as {@code /nu/pattern/opencv/linux/x86_64/libopencv_java490.so}
     * @return empty where there is no such resource in a jar, or no folder that can be used; the library's own loader may find a way
     */
    public static Optional<Path> file(String resource) {
        URL url = UnpackedLibrary.class.getResource(resource);
        try {
            return url != null && url.openConnection() instanceof JarURLConnection jar
                    ? Optional.of(file(jar.getJarEntry(), url))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            log().debug("{} cannot be unpacked for all processes", resource, e);
            return Optional.empty();
        }
    }

    /**
     * Lets a loader find a library's file by the system property that it asks for a folder. A value that the user has set stays.
     *
     * @param resource as in {@link #file(String)}
     */
    public static void offer(String property, String resource) {
        if (System.getProperty(property) == null) {
            file(resource).ifPresent(file -> System.setProperty(property, String.valueOf(file.getParent())));
        }
    }

    private static Path file(ZipEntry entry, URL url) throws IOException {
        Path cache = cache();
        Files.createDirectories(cache, PRIVATE);
        requireOwn(cache);
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        Path folder = cache.resolve(String.format("%s-%08x", name, entry.getCrc()));
        Path file = folder.resolve(name);
        if (!isWhole(file, entry)) {
            try (FileChannel channel = FileChannel.open(
                            cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) { // of several first starts one unpacks, the others wait
                if (!isWhole(file, entry)) {
                    unpack(url, folder, name);
                }
            }
        }
        requireOwn(folder);
        return file;
    }

    /** Writes the folder aside and renames it. The holder of the lock is alone: what is there already is a killed process's, or damaged. */
    private static void unpack(URL url, Path folder, String name) throws IOException {
        Path aside = folder.resolveSibling("." + folder.getFileName() + ".new");
        delete(aside, name);
        Files.createDirectory(aside, PRIVATE);
        try (InputStream in = url.openStream()) {
            Files.copy(in, aside.resolve(name));
            delete(folder, name);
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(aside, name);
        }
    }

    private static void delete(Path folder, String name) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }

    private static boolean isWhole(Path file, ZipEntry entry) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == entry.getSize();
    }

    private static Path cache() {
        String named = System.getenv("XDG_CACHE_HOME");
        Path home = named == null || named.isEmpty()
                ? Path.of(System.getProperty("user.home", ""), ".cache")
                : Path.of(named);
        return home.toAbsolutePath().resolve("errata");
    }

    /** Whoever can write to a folder can choose what is loaded from it. */
    private static void requireOwn(Path folder) throws IOException {
        if (!POSIX) {
            return;
        }
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        UserPrincipal user = FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(Objects.requireNonNullElse(System.getProperty("user.name"), ""));
        boolean open = found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        if (!found.isDirectory() || open || !found.owner().equals(user)) {
            throw new IOException(folder + " must be a folder of " + user + " that nobody else can write to, found "
                    + (found.isDirectory()
                            ? found.owner() + " " + PosixFilePermissions.toString(found.permissions())
                            : "something else"));
        }
    }

    /** Asked for only where there is something to log: a logging backend takes its time to begin. */
    private static Logger log() {
        return LoggerFactory.getLogger(UnpackedLibrary.class);
    }
}
