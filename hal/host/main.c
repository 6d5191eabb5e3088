/*
 * The host program: the phone's TypeScript in the XS engine on a PC. Takes the engine's options and leaves the rest to
 * the body (hal/host/body.ts).
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

int host_argument_count;
char **host_arguments;

/** All options: the engine's, which are taken here, and the body's (hal/host/options.ts). */
static const char help[] =
    "linnet --modules FILE [options]: the phone on this machine, or another program of its modules\n"
    "\n"
    "  --modules FILE          module map: build/host.map is the phone's\n"
    "  --main MODULE           module that starts, 'main' when not given\n"
    "  --chunks OCTETS         heap for strings and buffers, as the map says when not given\n"
    "  --slots COUNT           heap for values and objects, likewise\n"
    "  --report FILE           at the end write there what the heap held, as JSON\n"
    "  --load-folder FOLDER    run the load installed there, and install others there\n"
    "  --brood N               make phones of itself, as lines on this descriptor ask for (hal/host/brood.c)\n"
    "  --xsbug HOST[:PORT]     be debugged by xsbug at this IPv4 address, port 5002 when not given\n"
    "\n"
    "  --agent HOST[:PORT]     call agent, may be given again; found as a Cisco phone does when not given\n"
    "  --tftp HOST[:PORT]      server for files in place of those of DHCP, may be given again\n"
    "  --dhcp INTERFACE        ask for an address on this network interface (root)\n"
    "  --device NAME           SEP and 12 hexadecimal digits\n"
    "  --mac DIGITS            MAC address, 12 hexadecimal digits\n"
    "  --protocol VERSION      of SCCP: 3, 8, 11, 15, 17, 20 or 22; 17 when not given\n"
    "  --mic SOURCE            silence, tone[:HZ], wav:FILE, fd:N, queue:N or clock:N\n"
    "  --speaker SINK          null, wav:FILE or fd:N\n"
    "  --rate HERTZ            of microphone and speaker, 8000 or 16000: with these the phone has G.722\n"
    "  --echo-delay MS         the speaker is heard in the microphone so much later: cancel that\n"
    "  --rtcp                  send RTCP reports\n"
    "  --control N             descriptor of the control channel\n"
    "  --storage FOLDER        where settings, calls and configuration are kept\n"
    "  --web [ADDRESS:]PORT    serve web pages there, 127.0.0.1 when no address is given; PORT may be 'free'\n"
    "  --console PATH          socket of its console, for socat or nc -U\n"
    "  --address ADDRESS       own IPv4 address that it takes for its own; the system's when not given\n"
    "  --held MINUTES          its clock stands still at so many minutes since 1970 UTC\n"
    "  --brief                 tell calls and tones with their times on the control channel, screens when asked\n"
    "  --silent                make no sound and send none\n"
    "  --touch                 it has the room of a display to touch, and 4 line keys\n"
    "  --line-keys COUNT       1 to 8, 6 when not given\n"
    "  --softkeys COUNT        1 to 5, 4 when not given\n"
    "  --help                  show this\n";

static int usage(const char *format, const char *what) {
    fprintf(stderr, "linnet: ");
    fprintf(stderr, format, what);
    fprintf(stderr, "\n");
    return HOST_USAGE;
}

static bool parse_count(const char *text, int *value) {
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno || end == text || *end || number < 1 || number > INT_MAX / 64)
        return false;
    *value = (int)number;
    return true;
}

int main(int argc, char **argv) {
    const char *map = NULL, *start = "main", *report = NULL, *loads = NULL;
    HostLimits limits = {0}, given = {0};
    host_arguments = calloc((size_t)argc + 1, sizeof(char *));
    if (!host_arguments)
        return HOST_FATAL;
    for (int index = 1; index < argc; index++) {
        const char *option = argv[index];
        const char *value = index + 1 < argc ? argv[index + 1] : NULL;
        if (!strcmp(option, "--help")) {
            fputs(help, stdout);
            return 0;
        }
        bool modules = !strcmp(option, "--modules"), module = !strcmp(option, "--main");
        bool reporting = !strcmp(option, "--report"), chunks = !strcmp(option, "--chunks");
        bool slots = !strcmp(option, "--slots"), folder = !strcmp(option, "--load-folder");
        bool debugger = !strcmp(option, "--xsbug"), brood = !strcmp(option, "--brood");
        if (!modules && !module && !reporting && !chunks && !slots && !folder && !debugger && !brood) {
            host_arguments[host_argument_count++] = argv[index];
            continue;
        }
        if (!value)
            return usage("%s needs a value", option);
        index++;
        if (modules)
            map = value;
        else if (module)
            start = value;
        else if (reporting)
            report = value;
        else if (folder)
            loads = value;
        else if (debugger) {
            if (!debugger_set(value))
                return usage("--xsbug %s: an IPv4 address or 'localhost', and a port, expected", value);
        } else if (brood) {
            int descriptor;
            if (!parse_count(value, &descriptor))
                return usage("%s takes the number of a descriptor", option);
            brood_set(descriptor);
        } else if (!parse_count(value, chunks ? &given.chunkBytes : &given.slotCount))
            return usage("%s takes a positive number", option);
    }
    if (!map)
        return usage("%s FILE is needed: the module map made by the build", "--modules");
    if (loads && !(map = update_choose(loads, map)))
        return HOST_USAGE;
    update_guard(argv);
    if (!modules_read(map, &limits)) {
        update_ended(HOST_USAGE);
        return HOST_USAGE;
    }
    if (given.chunkBytes)
        limits.chunkBytes = given.chunkBytes;
    if (given.slotCount)
        limits.slotCount = given.slotCount;
    if (!limits.chunkBytes || !limits.slotCount || !limits.stackCount) {
        update_ended(HOST_USAGE);
        return usage("%s has no creation line", map);
    }
    modules_entry(start);
    machine_set_report(report);
    signal(SIGPIPE, SIG_IGN);
    if (!loop_open())
        return HOST_FATAL;
    xsMachine *the = machine_create(&limits);
    if (!the) {
        fprintf(stderr, "linnet: no memory for the machine\n");
        update_ended(HOST_FATAL);
        return HOST_FATAL;
    }
    debugger_watch();
    natives_install(the);
    machine_run_main(the);
    update_started();
    int status = loop_run(the);
    update_ended(status);
    if (status == HOST_QUIT)
        dhcp_end();
    machine_report(the);
    machine_delete(the);
    natives_free();
    modules_free();
    loop_close();
    free(host_arguments);
    return status;
}
