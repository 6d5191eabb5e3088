/*
 * A network trace (test/traces/README.md) as a list of arrivals in order of time.
 */
#ifndef LINNET_TEST_TRACE_H
#define LINNET_TEST_TRACE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Twenty minutes of packets of 20 ms. */
#define TRACE_ARRIVALS 60000

struct trace_arrival {
    /* Samples of the receiver's clock since the sender began. */
    double time;
    uint32_t packet;
};

struct trace {
    struct trace_arrival arrivals[TRACE_ARRIVALS];
    uint32_t count;
    /* Packets sent, and samples in each. */
    uint32_t packets;
    uint32_t samples;
    /* How much faster the sender's clock runs. */
    double skew;
    /* Least time on the way. */
    double least;
};

/* Reads a trace; false, and a line on stderr, when there are more packets than it holds, or none that arrives. */
bool trace_read(struct trace *trace, FILE *file);

/* When what begins with a timestamp, counted from the first packet's, is sent: when its packet would be full if it
 * began there, in samples of the receiver's clock. */
double trace_sent(const struct trace *trace, double timestamp);

#endif
