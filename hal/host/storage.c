/*
 * A value a file, for key-value storage: written in its place and flushed to the disk. A cut may leave a part of it;
 * whole records are kept over this, not here (modules/settings/store.ts).
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host.h"

enum { ValueMost = 65536 };

/* (path): makes the folder when it is missing. */
void xs_storage_folder(xsMachine *the) {
    char *path = xsmcToString(xsArg(0));
    struct stat status;
    if (mkdir(path, 0700) < 0 && (errno != EEXIST || stat(path, &status) < 0 || !S_ISDIR(status.st_mode)))
        xsUnknownError("storage: cannot use the folder %s: %s", path, strerror(errno));
}

/* (path): the value as text, undefined when there is none. */
void xs_storage_read(xsMachine *the) {
    char path[PATH_MAX], *text;
    xsmcToStringBuffer(xsArg(0), path, sizeof(path));
    FILE *file = fopen(path, "re");
    if (!file) {
        if (errno == ENOENT)
            return;
        xsUnknownError("storage: cannot read %s: %s", path, strerror(errno));
    }
    text = malloc(ValueMost);
    size_t length = text ? fread(text, 1, ValueMost, file) : 0;
    fclose(file);
    if (text)
        xsmcSetStringBuffer(xsResult, text, (int)length);
    free(text);
}

static bool write_through(const char *path, const char *text, size_t length) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = descriptor >= 0 && write(descriptor, text, length) == (ssize_t)length && fsync(descriptor) == 0;
    if (descriptor >= 0 && close(descriptor) < 0)
        good = false;
    return good;
}

static void flush_folder(const char *path) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof(folder), "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = 0;
    int descriptor = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

/* (path, text) */
void xs_storage_write(xsMachine *the) {
    char path[PATH_MAX];
    xsmcToStringBuffer(xsArg(0), path, sizeof(path));
    char *text = xsmcToString(xsArg(1));
    if (strlen(text) > ValueMost)
        xsRangeError("storage: a value of %d octets is too long", (int)strlen(text));
    if (!write_through(path, text, strlen(text)))
        xsUnknownError("storage: cannot write %s: %s", path, strerror(errno));
    flush_folder(path);
}

/* (path) */
void xs_storage_delete(xsMachine *the) {
    char path[PATH_MAX];
    xsmcToStringBuffer(xsArg(0), path, sizeof(path));
    if (unlink(path) == 0)
        flush_folder(path);
    else if (errno != ENOENT)
        xsUnknownError("storage: cannot delete %s: %s", path, strerror(errno));
}
