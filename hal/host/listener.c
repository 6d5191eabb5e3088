/*
 * A TCP listener of the system's (socket.c) on the loop. It calls when connections wait; who is called takes them all
 * or leaves them, as descriptors (tcp.c). A system that has no descriptor left is asked again a second later.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

enum { PauseMilliseconds = 1000 };

typedef struct Listener Listener;

typedef struct {
    HostWatch base;
    Listener *listener;
} ListenerWatch;

typedef struct {
    HostTimer base;
    Listener *listener;
} ListenerTimer;

struct Listener {
    int descriptor;
    ListenerWatch *watch;
    ListenerTimer pause;
    xsSlot self, onReadable;
    bool ended;
    int busy; /* callbacks running; freed when the last has returned */
};

static void listener_disconnect(Listener *listener) {
    loop_unschedule(&listener->pause.base);
    if (listener->watch)
        loop_unwatch(&listener->watch->base);
    listener->watch = NULL;
    if (listener->descriptor >= 0)
        socket_close(listener->descriptor);
    listener->descriptor = -1;
}

void xs_listener_destructor(void *data) {
    Listener *listener = data;
    if (listener) {
        listener_disconnect(listener);
        free(listener);
    }
}

static void listener_event(xsMachine *the, HostWatch *watch, uint32_t events) {
    Listener *listener = ((ListenerWatch *)watch)->listener;
    (void)events;
    listener->busy++;
    machine_call(the, &listener->onReadable, &listener->self, 0, NULL, NULL);
    listener->busy--;
    if (listener->ended && !listener->busy)
        free(listener);
}

static void listener_again(xsMachine *the, HostTimer *timer) {
    Listener *listener = ((ListenerTimer *)timer)->listener;
    (void)the;
    loop_rewatch(&listener->watch->base, LOOP_IN);
}

/* (address or path, port, onReadable): listens; port 0 takes a free one. Throws what is wrong. */
void xs_listener_open(xsMachine *the) {
    int port = xsmcToInteger(xsArg(1));
    char address[128];
    xsmcToStringBuffer(xsArg(0), address, sizeof(address));
    Listener *listener = calloc(1, sizeof(Listener));
    if (!listener)
        xsUnknownError("listener: no memory");
    listener->pause.base.callback = listener_again;
    listener->pause.base.due = -1;
    listener->pause.listener = listener;
    listener->descriptor = socket_listen(address, port);
    if (listener->descriptor >= 0)
        listener->watch =
            (ListenerWatch *)loop_watch(listener->descriptor, LOOP_IN, listener_event, sizeof(ListenerWatch));
    if (!listener->watch) {
        int error = errno;
        listener_disconnect(listener);
        free(listener);
        xsUnknownError("listener: %s port %d: %s", address, port, strerror(error));
    }
    listener->watch->listener = listener;
    listener->self = xsThis;
    listener->onReadable = xsArg(2);
    xsRemember(listener->self);
    xsRemember(listener->onReadable);
    xsmcSetHostData(xsThis, listener);
}

static Listener *listener_of(xsMachine *the) {
    return xsmcGetHostDataValidate(xsThis, (void *)xs_listener_destructor);
}

/* The descriptor of the next connection that waits, undefined when none does. It is the caller's. */
void xs_listener_read(xsMachine *the) {
    Listener *listener = listener_of(the);
    if (!listener)
        return;
    int descriptor = socket_accept(listener->descriptor);
    if (descriptor >= 0) {
        xsmcSetInteger(xsResult, descriptor);
    } else if (errno != EAGAIN) {
        /* it would call again and again */
        loop_rewatch(&listener->watch->base, 0);
        loop_schedule(&listener->pause.base, loop_milliseconds() + PauseMilliseconds);
    }
}

void xs_listener_port(xsMachine *the) {
    Listener *listener = listener_of(the);
    xsmcSetInteger(xsResult, listener ? socket_port(listener->descriptor) : 0);
}

void xs_listener_close(xsMachine *the) {
    Listener *listener = listener_of(the);
    if (!listener)
        return;
    listener_disconnect(listener);
    xsmcSetHostData(xsThis, NULL);
    xsForget(listener->onReadable);
    xsForget(listener->self);
    listener->ended = true;
    if (!listener->busy)
        free(listener);
}
