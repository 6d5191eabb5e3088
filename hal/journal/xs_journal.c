/* The journal's binding: the phone has one, which begins empty with each start. */
#include "journal.h"
#include "xsmc.h"

/* Octets for a time before a line. */
enum { Time = 24, Base = 10, Fraction = 3 };

static struct journal phone;

/* (text, ms since the start): a line of the log. */
void xs_journal_add(xsMachine *the) {
    journal_add(&phone, (uint32_t)xsmcToNumber(xsArg(1)), xsmcToString(xsArg(0)));
}

/* (index): the line of a number, the oldest being 0, with its time in seconds before it; undefined behind the last. */
void xs_journal_line(xsMachine *the) {
    int32_t index = xsmcToInteger(xsArg(0));
    uint32_t milliseconds;
    char line[Time + JOURNAL_LINE + 1], *at = line + Time;
    if (index < 0 || journal_line(&phone, (uint32_t)index, &milliseconds, at) < 0)
        return;
    /* digits from the last to the first: no printf, which takes much of a small stack */
    *--at = ' ';
    for (int digit = 0; digit <= Fraction || milliseconds > 0; digit++) {
        if (digit == Fraction)
            *--at = '.';
        *--at = (char)('0' + milliseconds % Base);
        milliseconds /= Base;
    }
    xsmcSetString(xsResult, at);
}
