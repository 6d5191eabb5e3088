/*
 * What the parts of the host program share. Files that bind natives see the engine through xsmc.h alone, as C does on
 * the device; only debugger.c, machine.c, modules.c, natives.c and hal/abort look inside it.
 */
#ifndef LINNET_HOST_H
#define LINNET_HOST_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "xsmc.h"

enum HostStatus {
    HOST_QUIT = 0,
    HOST_EXCEPTION = 1,
    HOST_USAGE = 2,
    HOST_EXHAUSTED = 3,
    HOST_FATAL = 4,
    HOST_RESTART = 5
};

/* Limits that hold above what the loaded modules take; the manifest's creation block in XS's own units. */
typedef struct {
    int chunkBytes;
    int slotCount;
    int stackCount;
    int keyCount;
} HostLimits;

/* Everything about the heap that --report, the control channel and the tests read. Counts of slots, chunks in octets.
 */
typedef struct {
    uint32_t slots, slotsPeak, slotsLimit;
    uint32_t chunks, chunksPeak, chunksLimit;
    uint32_t stackPeak, stackLimit;
    uint32_t collections;
    uint32_t baselineSlots, baselineChunks;
    uint32_t slotSize;
    uint32_t emptySlots, emptyChunks; /* of the engine alone */
} HostFigures;

/* machine.c */
xsMachine *machine_create(const HostLimits *limits);
void machine_run_main(xsMachine *the);
void machine_delete(xsMachine *the);
void machine_figures(xsMachine *the, HostFigures *figures);
/* Drains promise jobs; ends the program when a rejection stays unhandled. Call after every entry into the machine. */
void machine_settle(xsMachine *the);
/* Calls `function` with `count` (0-2) arguments from the event loop; an exception ends the program with status 1. */
void machine_call(xsMachine *the, xsSlot *function, xsSlot *self, int count, xsSlot *first, xsSlot *second);
void machine_set_report(const char *path);
void machine_report(xsMachine *the);

/* modules.c */
typedef struct HostModule {
    struct HostModule *next;
    char *specifier;
    char *path;
    char *source;
    char *text;
    bool preload;
} HostModule;

/* Reads the specifier map that the build makes from manifest.json; prints one line and returns false when it cannot. */
bool modules_read(const char *path, HostLimits *limits);
/* Names the module that starts everything: it imports what preloads, then fixes the limits, then imports `main`. */
const char *modules_entry(const char *main);
void modules_free(void);
/* The public keys whose loads the map that was read trusts, as signed_load.h reads them; "" for none. */
const char *modules_trusted(void);

/* natives.c and the table that the build makes from the sources */
typedef struct {
    const char *name;
    xsCallback function;
    xsDestructor destructor;
} HostNative;
extern const HostNative host_natives[];
extern const int host_native_count;
void natives_install(xsMachine *the);
void natives_free(void);

/*
 * loop.c: one epoll, one timerfd, one signalfd; nothing polls. What a descriptor is ready for, in epoll's numbers:
 */
enum { LOOP_IN = 0x001, LOOP_OUT = 0x004, LOOP_ERROR = 0x008, LOOP_END = 0x010 };
/* For a socket: everything, the peer's end included, and each time that it changes only. */
#define LOOP_SOCKET 0x80002005u
typedef struct HostWatch HostWatch;
typedef void (*HostWatchCallback)(xsMachine *the, HostWatch *watch, uint32_t events);
struct HostWatch {
    int descriptor;
    HostWatchCallback callback;
    HostWatch *nextDead;
    bool dead;
    bool background;
};
typedef struct HostTimer HostTimer;
typedef void (*HostTimerCallback)(xsMachine *the, HostTimer *timer);
struct HostTimer {
    HostTimer *next;
    int64_t due; /* milliseconds of loop_milliseconds(), -1 while not scheduled */
    HostTimerCallback callback;
};

bool loop_open(void);
void loop_close(void);
int64_t loop_milliseconds(void);
double loop_seconds(void);
HostWatch *loop_watch(int descriptor, uint32_t events, HostWatchCallback callback, size_t size);
void loop_rewatch(HostWatch *watch, uint32_t events);
/* Stops watching and frees the watch once no event of the present round can name it; does not close the descriptor. */
void loop_unwatch(HostWatch *watch);
/* A watch that does not keep the program alive by itself. */
void loop_background(HostWatch *watch);
/* Runs until somebody asks for the end or nothing is left to wait for; returns the status asked for. */
int loop_run(xsMachine *the);

/* schedule.c: the timers and the end of the loop. */
void loop_schedule(HostTimer *timer, int64_t due);
void loop_unschedule(HostTimer *timer);
/* When the first timer is due, -1 without any. */
int64_t loop_due(void);
void loop_run_due(xsMachine *the);
/* Asks for the end; the first status counts. */
void loop_quit(int status);
bool loop_quitting(void);
int loop_status(void);

/* linux.c */
unsigned host_seed(void);
/* Opens a regular file to be read, NULL when it is none: another one could keep its reader waiting for ever. */
FILE *host_open(const char *path);
/* A line for the control channel is being put together, or has been sent: a body that counts its work leaves it out. */
void host_line(bool begun);

/*
 * update.c: which modules the program starts with: those of `map`, or of a load in the folder. NULL when the folder
 * cannot be used; a line has been printed then.
 */
const char *update_choose(const char *folder, const char *map);
/* A load on its trial starts the program anew, and with it the load before, when it ends before it was confirmed or
 * comes to nothing. To be said with what the program was called with, then when JavaScript has started, and before the
 * end. */
void update_guard(char **arguments);
void update_started(void);
void update_ended(int status);
/* brood.c: the program is to make processes of itself, as lines on this descriptor ask for. */
void brood_set(int descriptor);
/* When all modules are loaded: a program that is to do so stays here to its end. In each process that it makes this
 * comes back, with the arguments of that phone; and at once in all other programs. */
void brood_sit(void);
/* debugger.c: xsbug at 'HOST[:PORT]', an IPv4 address or 'localhost'; false when it is none. To be said before the
 * machine is made. */
bool debugger_set(const char *text);
/* The path under which a debugger opens a source: that of the TypeScript below the folder above the map's, else the
 * module's own; `source` where there is no debugger. Good until the next call. */
const char *debugger_path(const char *folder, const char *source, const char *module);
/* Has the debugger's orders taken while JavaScript rests. */
void debugger_watch(void);
/* abort.c: leaves word of an end by fxAbort() for the next start, if the body named a file for it. */
void abort_leave(xsMachine *the, int status);
/* dhcp.c: gives a lease back, if there is one. */
void dhcp_end(void);

/* socket.c: TCP to IPv4 addresses. Nothing waits. */
enum { SOCKET_ADDRESS = 16 };

/* A descriptor, -1 and errno when refused at once, EDESTADDRREQ for what is no address; it can be written to when it is
 * up or has failed. */
int socket_connect(const char *address, int port);
/* Has a new socket send with the type of service that xs_socket_service() has set. */
void socket_serve(int descriptor);
/* A descriptor on which connections to an own address and port wait to be taken, port 0 for a free one, or to a path
 * (an address with a / in it); -1 and errno when refused, EDESTADDRREQ for what is no address. */
int socket_listen(const char *address, int port);
/* The next connection that waits, -1 and errno when there is none. */
int socket_accept(int descriptor);
/* The port that a descriptor is bound to. */
int socket_port(int descriptor);
void socket_close(int descriptor);
/* Whether connecting has succeeded, once the socket can be written to; errno says why not. */
bool socket_connected(int descriptor);
int socket_available(int descriptor);
/* Whether the connection is over and everything that came has been read; errno says how, 0 for the peer's close. */
bool socket_at_end(int descriptor);
int socket_receive(int descriptor, void *data, int size);
/* How much the system has taken, -1 when the connection is broken. */
int socket_send(int descriptor, const void *data, int size);
/* The peer's dotted address, SOCKET_ADDRESS octets, and its port; false while not connected. */
bool socket_peer(int descriptor, char *address, int *port);

/* log.c */
void host_log(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Arguments after the engine's own, for the body. */
extern int host_argument_count;
extern char **host_arguments;

#endif
