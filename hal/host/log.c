/* Lines for whoever watches the phone: one event a line on stderr, with monotonic seconds. */
#include <stdarg.h>
#include <stdio.h>

#include "host.h"

void host_log(const char *format, ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    for (char *at = line; *at; at++)
        if (*at == '\n' || *at == '\r')
            *at = ' ';
    fprintf(stderr, "linnet: %.3f %s\n", loop_seconds(), line);
}
