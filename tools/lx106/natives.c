/* Natives that every host program has and that stand on the system: here on an emulator's. */
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "simulator.h"

typedef struct {
    HostTimer base;
    xsSlot callback;
    char address[SOCKET_ADDRESS];
} Resolution;

/* Every run is like the other. */
unsigned host_seed(void) {
    return 1;
}

/* Instructions so far: for differences, which are exact to SIMULATOR_INSTRUCTIONS. */
void xs_meter_instructions(xsMachine *the) {
    xsmcSetNumber(xsResult, (double)simulator_count() * SIMULATOR_INSTRUCTIONS);
}

/* (remote): own address towards it. The parent's connections are all that there is of a network, and it is on loopback.
 */
void xs_host_local_address(xsMachine *the) {
    xsmcSetString(xsResult, "127.0.0.1");
}

static void resolved(xsMachine *machine, HostTimer *timer) {
    Resolution *resolution = (Resolution *)timer;
    xsBeginHost(machine);
    {
        xsmcVars(2);
        if (resolution->address[0])
            xsmcSetString(xsVar(0), resolution->address);
        xsVar(1) = resolution->callback;
        xsForget(resolution->callback);
        machine_call(the, &xsVar(1), &xsGlobal, 1, &xsVar(0), NULL);
    }
    xsEndHost(machine);
    free(resolution);
}

/* (host, done): calls done(address) later; a name has none, because nobody is there to ask. */
void xs_host_resolve(xsMachine *the) {
    Resolution *resolution = calloc(1, sizeof(Resolution));
    const char *host = xsmcToString(xsArg(0));
    if (!resolution)
        xsUnknownError("resolve: no memory");
    if (strspn(host, "0123456789.") == strlen(host) && strlen(host) < SOCKET_ADDRESS)
        strcpy(resolution->address, host);
    resolution->callback = xsArg(1);
    xsRemember(resolution->callback);
    resolution->base.callback = resolved;
    loop_schedule(&resolution->base, loop_milliseconds());
}
