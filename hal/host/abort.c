/*
 * A JavaScript machine that gives up leaves word for the next start, as on the device: in a file beside what the phone
 * keeps.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "abort_words.h"
#include "host.h"

static char path[PATH_MAX];

void abort_leave(xsMachine *the, int status) {
    struct abort_record record = {0};
    if (!path[0])
        return;
    abort_keep(&record, status);
    abort_words(&record, the);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0 || write(descriptor, &record, sizeof(record)) != (ssize_t)sizeof(record))
        fprintf(stderr, "linnet: cannot write %s: %s\n", path, strerror(errno));
    if (descriptor >= 0)
        close(descriptor);
}

/* (path): what the machine before this one left there, which is taken away, '' for nothing; this one will leave its
 * own. */
void xs_abort_take(xsMachine *the) {
    struct abort_record record = {0};
    char reason[ABORT_REASON] = "";
    xsmcToStringBuffer(xsArg(0), path, sizeof(path));
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0) {
        if (read(descriptor, &record, sizeof(record)) == (ssize_t)sizeof(record))
            abort_take(&record, reason);
        close(descriptor);
        unlink(path);
    }
    xsmcSetString(xsResult, reason);
}
