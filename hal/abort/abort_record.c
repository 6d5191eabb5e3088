#include "abort_record.h"

#include <string.h>

/* "LnAb": with the check, memory that nobody wrote passes once in 2^64 times. */
static const uint32_t magic = 0x4C6E4162;

static const char *const names[] = {
    [ABORT_DEBUGGER] = "debugger",
    [ABORT_MEMORY] = "memory full",
    [ABORT_STACK] = "stack overflow",
    [ABORT_FATAL] = "fatal check",
    [ABORT_DEAD_STRIP] = "dead strip",
    [ABORT_EXCEPTION] = "unhandled exception",
    [ABORT_KEYS] = "no more keys",
    [ABORT_COMPUTATION] = "too much computation",
    [ABORT_REJECTION] = "unhandled rejection",
    [ABORT_NATIVE_STACK] = "C stack overflow",
};

/* CRC-32 of Ethernet, continued from `crc`. Bit by bit: it runs twice in a phone's life, and a table is a kilobyte. */
static uint32_t crc32(uint32_t crc, const void *data, size_t length) {
    const uint8_t *at = data;

    crc = ~crc;
    while (length--) {
        crc ^= *at++;
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
    return ~crc;
}

/* The check of a record, were its text `length` octets long. */
static uint32_t check(const struct abort_record *record, uint32_t length) {
    uint32_t crc = crc32(0, &record->status, sizeof(record->status));

    crc = crc32(crc, &length, sizeof(length));
    return crc32(crc, record->text, length);
}

void abort_keep(struct abort_record *record, int status) {
    record->magic = 0;
    record->status = (uint32_t)status;
    record->length = 0;
    record->check = check(record, 0);
    record->magic = magic;
}

/* Octets of the character at `text`, 0 when it is none. XS writes a NUL inside a string as two octets, 0xC0 0x80. */
static size_t character(const char *text) {
    uint8_t first = (uint8_t)*text;
    size_t length = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4 : 0;

    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

bool abort_add(struct abort_record *record, const char *words) {
    uint32_t length = record->length;
    uint32_t sum;

    while (*words) {
        size_t octets = character(words);
        bool plain = octets > 1 && (uint8_t)*words != 0xC0;

        if (length + (plain ? octets : 1) > ABORT_TEXT)
            break;
        if (plain)
            memcpy(record->text + length, words, octets);
        else
            record->text[length] = octets == 0 ? '?' : (uint8_t)*words > 0x7E || (uint8_t)*words < ' ' ? ' ' : *words;
        length += plain ? (uint32_t)octets : 1;
        words += octets == 0 ? 1 : octets;
    }
    /* What goes wrong while words are read leaves the record as it was: they are counted last. */
    sum = check(record, length);
    record->length = length;
    record->check = sum;
    return !*words;
}

/* printf() may want more stack than there is left. */
static char *put(char *at, const char *text, size_t length) {
    memcpy(at, text, length);
    at[length] = 0;
    return at + length;
}

bool abort_read(const struct abort_record *record, char *reason) {
    const char *name = record->status < sizeof(names) / sizeof(names[0]) ? names[record->status] : "unknown status";

    if (record->magic != magic || record->length > ABORT_TEXT || record->check != check(record, record->length))
        return false;
    reason = put(reason, "JavaScript: ", 12);
    reason = put(reason, name, strlen(name));
    put(reason, record->text, record->length);
    return true;
}

bool abort_take(struct abort_record *record, char *reason) {
    bool counts = abort_read(record, reason);

    record->magic = 0;
    return counts;
}
