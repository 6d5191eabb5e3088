#include "journal.h"

#include <string.h>

/* Before the text of a line: its time, the lowest octet first, and its length. */
enum { Head = 5 };

_Static_assert(JOURNAL_LINE < 256, "a line's length is one octet");
_Static_assert(JOURNAL_OCTETS >= 2 * (Head + JOURNAL_LINE), "a line finds room by those that give way");

static uint8_t octet_at(const struct journal *journal, uint32_t at) {
    return journal->octets[at % JOURNAL_OCTETS];
}

static void put(struct journal *journal, uint8_t octet) {
    journal->octets[journal->end++ % JOURNAL_OCTETS] = octet;
}

static uint32_t behind(const struct journal *journal, uint32_t at) {
    return at + Head + octet_at(journal, at + Head - 1);
}

void journal_add(struct journal *journal, uint32_t milliseconds, const char *text) {
    size_t length = strlen(text);
    if (length > JOURNAL_LINE) {
        length = JOURNAL_LINE;
        while (length > 0 && ((uint8_t)text[length] & 0xc0) == 0x80)
            length--;
    }
    while (journal->end - journal->first + Head + length > JOURNAL_OCTETS)
        journal->first = behind(journal, journal->first);
    for (int shift = 0; shift < 32; shift += 8)
        put(journal, (uint8_t)(milliseconds >> shift));
    put(journal, (uint8_t)length);
    for (size_t i = 0; i < length; i++)
        put(journal, (uint8_t)text[i]);
}

int journal_line(const struct journal *journal, uint32_t index, uint32_t *milliseconds, char text[JOURNAL_LINE + 1]) {
    uint32_t at = journal->first;
    while (index > 0 && at != journal->end) {
        at = behind(journal, at);
        index--;
    }
    if (at == journal->end)
        return -1;
    *milliseconds = 0;
    for (uint32_t i = 0; i < 4; i++)
        *milliseconds |= (uint32_t)octet_at(journal, at + i) << (8 * i);
    int length = octet_at(journal, at + Head - 1);
    for (int i = 0; i < length; i++)
        text[i] = (char)octet_at(journal, at + Head + (uint32_t)i);
    text[length] = '\0';
    return length;
}
