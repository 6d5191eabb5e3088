/*
 * The control channel on a descriptor that the parent process handed down.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "control.h"
#include "host.h"

enum { OutputMost = 4 * 1024 * 1024 };

typedef struct {
    HostWatch base;
    int descriptor;
    /* Lines to be sent; `begun` is where the present one starts, `spoilt` that it did not fit and is left out whole. */
    char *output;
    size_t size, room, sent, begun;
    bool spoilt;
} Port;

static Port *port;

/* The parent has gone: the port is let go of whole, because the loop frees it after this round. */
static void end(xsMachine *the) {
    loop_unwatch(&port->base);
    close(port->descriptor);
    free(port->output);
    port = NULL;
    control_gone(the);
}

/* Sends what the parent takes now; the rest goes when it can be written. */
static void flush(void) {
    while (port->sent < port->size) {
        ssize_t count = write(port->descriptor, port->output + port->sent, port->size - port->sent);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        port->sent += (size_t)count;
    }
    if (port->sent == port->size)
        port->sent = port->size = 0;
    port->begun = port->size;
    loop_rewatch(&port->base, port->size ? LOOP_IN | LOOP_OUT : LOOP_IN);
}

static void event(xsMachine *the, HostWatch *watch, uint32_t events) {
    char data[512];
    (void)watch;
    if ((events & LOOP_OUT) && port->size)
        flush();
    if (!(events & (LOOP_IN | LOOP_END | LOOP_ERROR)))
        return;
    ssize_t count = read(port->descriptor, data, sizeof(data));
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        end(the);
        return;
    }
    for (size_t at = 0; at < (size_t)count && !loop_quitting();)
        at += control_take(the, data + at, (size_t)count - at);
}

bool control_port_open(xsMachine *the, int channel) {
    int flags = fcntl(channel, F_GETFL);
    (void)the;
    if (flags < 0)
        return false;
    fcntl(channel, F_SETFL, flags | O_NONBLOCK);
    fcntl(channel, F_SETFD, FD_CLOEXEC);
    port = (Port *)loop_watch(channel, LOOP_IN, event, sizeof(Port));
    if (port)
        port->descriptor = channel;
    return port != NULL;
}

void control_port_write(const char *text, size_t length) {
    if (!port || port->spoilt)
        return;
    if (port->size == port->begun)
        host_line(true);
    if (port->size + length > OutputMost) {
        port->spoilt = true;
        return;
    }
    if (port->size + length > port->room) {
        size_t room = port->room ? port->room : 4096;
        while (room < port->size + length)
            room *= 2;
        char *larger = realloc(port->output, room);
        if (!larger) {
            port->spoilt = true;
            return;
        }
        port->output = larger;
        port->room = room;
    }
    memcpy(port->output + port->size, text, length);
    port->size += length;
}

void control_port_end(void) {
    if (!port)
        return;
    if (port->spoilt)
        port->size = port->begun;
    port->spoilt = false;
    flush();
    host_line(false);
}

void control_port_call(xsMachine *the, xsSlot *function, xsSlot *argument) {
    machine_call(the, function, &xsGlobal, argument ? 1 : 0, argument, NULL);
}
