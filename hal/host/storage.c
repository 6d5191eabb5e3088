/*
 * A value a file, for key-value storage: written beside, flushed to the disk and renamed into place, so that a power
 * cut leaves the old value or the new one.
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

static bool write_whole(const char *path, const char *text, size_t length) {
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
    char path[PATH_MAX], beside[PATH_MAX + 8];
    xsmcToStringBuffer(xsArg(0), path, sizeof(path));
    snprintf(beside, sizeof(beside), "%s.new", path);
    char *text = xsmcToString(xsArg(1));
    if (strlen(text) > ValueMost)
        xsRangeError("storage: a value of %d octets is too long", (int)strlen(text));
    if (!write_whole(beside, text, strlen(text)) || rename(beside, path) < 0) {
        int error = errno;
        unlink(beside);
        xsUnknownError("storage: cannot write %s: %s", path, strerror(error));
    }
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
