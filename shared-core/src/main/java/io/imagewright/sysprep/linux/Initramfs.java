package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.imagewright.guest.Entry;
import io.imagewright.guest.FileContent;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TextSearch;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Reachable;

/** An initial file system of a guest's kernel. Only a program of the guest can regenerate it. */
record Initramfs(GuestPath path) {

    /** Whatever is named like one below /boot: {@code initrd.img-6.1}, {@code initramfs-6.6.img}, booster's. */
    static List<Entry> files(OperationContext context) {
        return Reachable.directory(context, GuestPath.of("/boot")).stream()
                .flatMap(boot -> context.guest().walk(boot).stream())
                .filter(entry -> entry.path().name().startsWith("initr")
                        || entry.path().name().startsWith("booster"))
                .toList();
    }

    /** Those that are regular files. */
    static List<Initramfs> all(OperationContext context) {
        return files(context).stream()
                .filter(entry -> entry.stat().isRegular())
                .map(entry -> new Initramfs(entry.path()))
                .toList();
    }

    /**
     * Which of these texts it holds, in names or contents of its files.
     *
     * @throws IOException when some of it cannot be read, so that nothing is known; the message has the reason
     */
    Set<String> find(OperationContext context, Set<String> texts) throws IOException {
        TextSearch search = new TextSearch(texts);
        Optional<FileContent> content = context.guest().open(path);
        if (content.isPresent()) {
            new InitramfsContent(search).read(content.get());
        }
        return search.found();
    }
}
