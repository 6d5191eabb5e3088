/*
 * Reads network traces; see trace.h.
 */
#include "trace.h"

#include <stdlib.h>
#include <string.h>

static int earlier(const void *a, const void *b) {
    const struct trace_arrival *first = a, *second = b;

    if (first->time != second->time)
        return first->time < second->time ? -1 : 1;
    return first->packet < second->packet ? -1 : first->packet > second->packet;
}

double trace_sent(const struct trace *trace, double timestamp) {
    return (timestamp + trace->samples) / (1 + trace->skew);
}

static double number(FILE *file, double otherwise) {
    char word[256];

    return fscanf(file, "%255s", word) == 1 ? atof(word) : otherwise;
}

static void arrive(struct trace *trace, double delay) {
    if (trace->count == 0 || delay < trace->least)
        trace->least = delay;
    trace->arrivals[trace->count++] =
        (struct trace_arrival){trace_sent(trace, (double)trace->packets * trace->samples) + delay, trace->packets};
}

bool trace_read(struct trace *trace, FILE *file) {
    char word[256];

    memset(trace, 0, sizeof *trace);
    trace->samples = 160;
    while (trace->count < TRACE_ARRIVALS && fscanf(file, "%255s", word) == 1) {
        if (word[0] == '#') {
            /* A comment reaches to the end of its line. */
            for (int c = 0; c != '\n' && c != EOF;)
                c = fgetc(file);
        } else if (strcmp(word, "packet_time") == 0) {
            trace->samples = (uint32_t)number(file, 20) * 8;
        } else if (strcmp(word, "skew_ppm") == 0) {
            trace->skew = number(file, 0) / 1e6;
        } else {
            /* As many arrivals as there are numbers, one after the other. */
            for (char *at = word; *at && *at != '-' && trace->count < TRACE_ARRIVALS;) {
                arrive(trace, strtod(at, &at));
                at += *at == '+';
            }
            trace->packets++;
        }
    }
    if (trace->count == 0 || trace->count == TRACE_ARRIVALS) {
        fprintf(stderr, "trace: %u packets arrive: from 1 to %u are expected\n", trace->count, TRACE_ARRIVALS - 1);
        return false;
    }
    qsort(trace->arrivals, trace->count, sizeof *trace->arrivals, earlier);
    return true;
}
