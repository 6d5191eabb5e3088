/* Natives about the program itself: its arguments, its end, its log, its heap, its clocks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "host.h"

/* (index): an argument of the body, undefined past the last. */
void xs_host_argument(xsMachine *the) {
    int index = xsmcToInteger(xsArg(0));
    if (index >= 0 && index < host_argument_count)
        xsmcSetString(xsResult, host_arguments[index]);
}

/* (status): ends the program when the running callback has returned. */
void xs_host_exit(xsMachine *the) {
    loop_quit(xsmcToInteger(xsArg(0)));
}

/* (text): a log line. */
void xs_host_log(xsMachine *the) {
    host_log("%s", xsmcToString(xsArg(0)));
}

/* (buffer): fills a buffer of 14 unsigned 32-bit numbers with HostFigures in their order. */
void xs_host_figures(xsMachine *the) {
    HostFigures figures;
    void *data;
    xsUnsignedValue size;
    xsmcGetBufferWritable(xsArg(0), &data, &size);
    if (size < sizeof(figures))
        xsRangeError("figures: the buffer holds %d octets, %d are needed", (int)size, (int)sizeof(figures));
    machine_figures(the, &figures);
    memcpy(data, &figures, sizeof(figures));
}

/* Collects garbage now. */
void xs_host_collect(xsMachine *the) {
    xsCollectGarbage();
}

/* The width of a pointer in bits. */
void xs_host_bits(xsMachine *the) {
    xsmcSetInteger(xsResult, (int)sizeof(void *) * 8);
}

void xs_host_pid(xsMachine *the) {
    xsmcSetInteger(xsResult, (int)getpid());
}

/* Monotonic milliseconds as a 31-bit number that starts near 0 with the program. */
void xs_time_ticks(xsMachine *the) {
    xsmcSetInteger(xsResult, (int)((int64_t)(loop_seconds() * 1000) & 0x7FFFFFFF));
}

/* Seconds since 1970 UTC. */
void xs_host_wall_clock(xsMachine *the) {
    xsmcSetNumber(xsResult, (double)time(NULL));
}

/* (text): what is wrong with the arguments; ends the program. */
void xs_host_refuse(xsMachine *the) {
    fprintf(stderr, "linnet: %s\n", xsmcToString(xsArg(0)));
    update_ended(HOST_USAGE);
    exit(HOST_USAGE);
}

/* (text): a line on stdout. */
void xs_host_print(xsMachine *the) {
    puts(xsmcToString(xsArg(0)));
    fflush(stdout);
}
