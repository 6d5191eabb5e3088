/* The latest lines of the phone's log in a fixed buffer, outside of the engine's memory: what its web page shows. */
#ifndef LINNET_JOURNAL_H
#define LINNET_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

/* Octets for all lines, and for the text of one: longer ones are cut. */
enum { JOURNAL_OCTETS = 4096, JOURNAL_LINE = 200 };

struct journal {
    uint8_t octets[JOURNAL_OCTETS];
    uint32_t first; /* where the oldest line begins, and where the next one will: they run on, and wrap in the buffer */
    uint32_t end;
};

/* Puts a line behind the others, with when it was logged in ms since the start; the oldest give way to it. A text of
 * UTF-8 is cut between two characters. */
void journal_add(struct journal *journal, uint32_t milliseconds, const char *text);
/* The line of a number, the oldest being 0, with its time: into `text`, ended by a NUL; the length, -1 for none. */
int journal_line(const struct journal *journal, uint32_t index, uint32_t *milliseconds, char text[JOURNAL_LINE + 1]);

#endif
