/* Frames that the system's network interfaces have sent and received, as /proc/net/dev counts them. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

/* Numbers behind an interface's name. */
enum { Columns = 16, Line = 512 };

/* (interface, '' for all; column): the column's number, of all interfaces that are asked for; undefined where the
 * system does not say. */
void xs_host_frames(xsMachine *the) {
    char wanted[32], line[Line];
    double sum = 0;
    bool found = false;
    xsmcToStringBuffer(xsArg(0), wanted, sizeof(wanted));
    int column = xsmcToInteger(xsArg(1));
    FILE *file = column >= 0 && column < Columns ? fopen("/proc/net/dev", "re") : NULL;
    if (!file)
        return;
    while (fgets(line, sizeof(line), file)) {
        char *colon = strchr(line, ':'), *name = line + strspn(line, " ");
        if (!colon)
            continue;
        *colon = '\0';
        if (wanted[0] && strcmp(name, wanted) != 0)
            continue;
        char *at = colon + 1;
        for (int i = 0; i < column; i++)
            strtoull(at, &at, 10);
        sum += (double)strtoull(at, NULL, 10);
        found = true;
    }
    fclose(file);
    if (found)
        xsmcSetNumber(xsResult, sum);
}
