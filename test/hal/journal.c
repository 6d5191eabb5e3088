/*
 * hal/journal/journal.c given lines of any length: what it gives back is the end of what it has been given, whole and
 * in order. Prints how many lines it held at the end, how many of them were wrong, and the length of one that is cut.
 */
#include <stdio.h>
#include <string.h>

#include "../../hal/journal/journal.h"

enum { Added = 5000 };

static struct journal journal;
static char text[JOURNAL_LINE + 1];

/* The line of a number: as long as it wants, and of one letter. */
static void write_line(char *line, unsigned number) {
    unsigned length = number * 7919u % (JOURNAL_LINE + 1);
    memset(line, 'a' + (int)(number % 26), length);
    line[length] = '\0';
}

int main(void) {
    uint32_t milliseconds;
    char line[JOURNAL_LINE + 1];
    int count = 0, wrong = 0;
    if (journal_line(&journal, 0, &milliseconds, text) != -1)
        return 1;
    /* counters that are about to wrap */
    journal.first = journal.end = UINT32_MAX / JOURNAL_OCTETS * JOURNAL_OCTETS - 2 * JOURNAL_OCTETS;
    for (unsigned number = 0; number < Added; number++) {
        write_line(line, number);
        journal_add(&journal, number * 1000003u, line);
    }
    while (journal_line(&journal, (uint32_t)count, &milliseconds, text) >= 0)
        count++;
    for (int index = 0; index < count; index++) {
        unsigned number = (unsigned)(Added - count + index);
        write_line(line, number);
        journal_line(&journal, (uint32_t)index, &milliseconds, text);
        wrong += strcmp(line, text) != 0 || milliseconds != number * 1000003u;
    }
    /* two octets a letter: the last one does not fit whole */
    char letters[2 * JOURNAL_LINE + 2] = "x";
    for (int at = 0; at < JOURNAL_LINE; at++)
        memcpy(letters + 1 + 2 * at, "\xc3\xa4", 3);
    journal_add(&journal, 0, letters);
    printf("{\"held\":%d,\"wrong\":%d,\"cut\":%d}", count, wrong,
           journal_line(&journal, (uint32_t)count, &milliseconds, text) < 0
               ? journal_line(&journal, (uint32_t)count - 1, &milliseconds, text)
               : journal_line(&journal, (uint32_t)count, &milliseconds, text));
    return 0;
}
