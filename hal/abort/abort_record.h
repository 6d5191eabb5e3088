/*
 * What a JavaScript machine that gave up leaves for the next start: XS's status and some words, in memory that survives
 * the restart and holds anything at all after power came. Portable: the device keeps it in RTC memory, the host in a
 * file.
 */
#ifndef LINNET_ABORT_RECORD_H
#define LINNET_ABORT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Statuses of fxAbort() as XS 17.9 numbers them; 13.3 has the same but for the last. */
enum {
    ABORT_DEBUGGER = 0,
    ABORT_MEMORY = 1,
    ABORT_STACK = 2,
    ABORT_FATAL = 3,
    ABORT_DEAD_STRIP = 4,
    ABORT_EXCEPTION = 5,
    ABORT_KEYS = 6,
    ABORT_COMPUTATION = 7,
    ABORT_REJECTION = 8,
    ABORT_NATIVE_STACK = 9
};

enum {
    /* Octets of the words at most. */
    ABORT_TEXT = 120,
    /* Octets of a whole reason, its NUL included. */
    ABORT_REASON = ABORT_TEXT + 48
};

struct abort_record {
    uint32_t magic;
    uint32_t status;
    uint32_t length;
    /* Of status, length and as much text as there is. */
    uint32_t check;
    char text[ABORT_TEXT];
};

/* Fills in a status without words: from now on the record counts. */
void abort_keep(struct abort_record *record, int status);
/*
 * Adds words in UTF-8, as far as there is room for whole characters; one line, whatever they hold. False when some
 * found no room. The record counts all the while: what ends the program in between costs these words alone.
 */
bool abort_add(struct abort_record *record, const char *words);
/* Fills in `reason` (ABORT_REASON octets) and returns true if the record counts. Both take little stack. */
bool abort_read(const struct abort_record *record, char *reason);
/* The same, and the record does not count any more. */
bool abort_take(struct abort_record *record, char *reason);

#endif
