/*
 * The loop of the emulated Xtensa. The emulator waits for one descriptor at a time: what nothing has come from for a
 * while is looked at every few milliseconds. What each round's work costs is told to the meter, so that the parent can
 * tell messages, keys and timers apart.
 */
#include <stdlib.h>

#include "audio.h"
#include "host.h"
#include "meter.h"
#include "system.h"

enum { WatchesMost = 8, WaitMost = 10 };

typedef struct {
    HostWatch *watch;
    uint32_t events;
    bool writable; /* was, when last looked at: a socket is told of changes only */
} Watched;

static Watched watched[WatchesMost];
static int count, foreground;
static HostWatch *deadWatches;
/* The one that something came from last is the one to wait for. */
static int latest = -1;

bool loop_open(void) {
    loop_seconds();
    return true;
}

static void free_dead(void) {
    while (deadWatches) {
        HostWatch *watch = deadWatches;
        deadWatches = watch->nextDead;
        free(watch);
    }
}

void loop_close(void) {
    free_dead();
}

int64_t loop_milliseconds(void) {
    return system_centiseconds() * 10;
}

double loop_seconds(void) {
    static int64_t start = -1;
    int64_t now = system_centiseconds();
    if (start < 0)
        start = now;
    return (double)(int32_t)(now - start) / 100;
}

static Watched *find(const HostWatch *watch) {
    for (int index = 0; index < count; index++)
        if (watched[index].watch == watch)
            return &watched[index];
    return NULL;
}

HostWatch *loop_watch(int descriptor, uint32_t events, HostWatchCallback callback, size_t size) {
    HostWatch *watch = count < WatchesMost ? calloc(1, size) : NULL;
    if (!watch)
        return NULL;
    watch->descriptor = descriptor;
    watch->callback = callback;
    watched[count++] = (Watched){.watch = watch, .events = events};
    foreground++;
    return watch;
}

void loop_rewatch(HostWatch *watch, uint32_t events) {
    Watched *known = find(watch);
    if (known)
        known->events = events;
}

void loop_unwatch(HostWatch *watch) {
    Watched *known = find(watch);
    if (!known)
        return;
    *known = watched[--count];
    if (latest == watch->descriptor)
        latest = -1;
    watch->dead = true;
    if (!watch->background)
        foreground--;
    watch->nextDead = deadWatches;
    deadWatches = watch;
}

void loop_background(HostWatch *watch) {
    if (!watch->background)
        foreground--;
    watch->background = true;
}

void loop_blocked(int descriptor) {
    for (int index = 0; index < count; index++)
        if (watched[index].watch->descriptor == descriptor)
            watched[index].writable = false;
}

static uint32_t ready(Watched *known) {
    int descriptor = known->watch->descriptor;
    uint32_t events = 0;
    if ((known->events & LOOP_IN) && system_readable(descriptor))
        events |= LOOP_IN;
    if (known->events & LOOP_OUT) {
        bool writable = system_writable(descriptor);
        if (writable && !(known->writable && (known->events & LOOP_SOCKET) == LOOP_SOCKET))
            events |= LOOP_OUT;
        known->writable = writable;
    }
    return events;
}

/* Calls back for all that is ready now; whether anything was. */
static bool serve(xsMachine *the) {
    bool any = false;
    for (int index = 0; index < count && !loop_quitting(); index++) {
        HostWatch *watch = watched[index].watch;
        uint32_t events = ready(&watched[index]);
        if (!events)
            continue;
        any = true;
        latest = watch->descriptor;
        meter_begin();
        watch->callback(the, watch, events);
        meter_end(latest);
    }
    return any;
}

static void run_timers(xsMachine *the) {
    if (loop_due() < 0 || loop_due() > loop_milliseconds())
        return;
    meter_begin();
    loop_run_due(the);
    meter_end(METER_TIMERS);
}

static void wait(void) {
    int64_t due = loop_due(), now = loop_milliseconds();
    if (due >= 0 && due <= now)
        return;
    system_wait(latest, due >= 0 && due - now < WaitMost ? (int)(due - now) : WaitMost);
}

int loop_run(xsMachine *the) {
    while (!loop_quitting() && (foreground || loop_due() >= 0)) {
        bool any = serve(the);
        run_timers(the);
        while (audio_due(system_centiseconds())) {
            meter_begin();
            audio_tick();
            meter_end(METER_TICK);
        }
        free_dead();
        if (!any && !loop_quitting())
            wait();
    }
    return loop_status();
}
