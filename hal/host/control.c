/*
 * The control channel: text lines in, JSON lines out, on a descriptor that the parent process handed down. What is
 * written is put together in C, so that showing a screen makes no garbage in the phone's heap.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host.h"

enum { LineMost = 1024, OutputMost = 4 * 1024 * 1024 };

typedef struct {
    HostWatch base;
    int descriptor;
    xsSlot onLine, onEnd;
    char line[LineMost];
    int length;
    bool overlong;
    /* Lines to be sent; `begun` is where the present one starts, `spoilt` that it did not fit and is left out whole. */
    char *output;
    size_t size, room, sent, begun;
    bool spoilt;
} Control;

static Control *control;

/* The parent has gone: the channel is let go of whole, because the loop frees it after this round. */
static void control_end(xsMachine *machine) {
    xsBeginHost(machine);
    {
        xsmcVars(1);
        xsVar(0) = control->onEnd;
        xsForget(control->onLine);
        xsForget(control->onEnd);
        loop_unwatch(&control->base);
        close(control->descriptor);
        free(control->output);
        control = NULL;
        machine_call(the, &xsVar(0), &xsGlobal, 0, NULL, NULL);
    }
    xsEndHost(machine);
}

static void control_line(xsMachine *machine) {
    xsBeginHost(machine);
    {
        xsmcVars(1);
        xsmcSetStringBuffer(xsVar(0), control->line, control->length);
        machine_call(the, &control->onLine, &xsGlobal, 1, &xsVar(0), NULL);
    }
    xsEndHost(machine);
}

static void control_octet(xsMachine *the, char octet) {
    if (octet != '\n') {
        if (control->length < LineMost)
            control->line[control->length++] = octet;
        else
            control->overlong = true;
        return;
    }
    if (control->length && control->line[control->length - 1] == '\r')
        control->length--;
    if (control->overlong)
        host_log("a line of more than %d octets on the control channel is left out", LineMost);
    else
        control_line(the);
    control->length = 0;
    control->overlong = false;
}

/* Sends what the parent takes now; the rest goes when it can be written. */
static void control_send(void) {
    while (control->sent < control->size) {
        ssize_t count = write(control->descriptor, control->output + control->sent, control->size - control->sent);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        control->sent += (size_t)count;
    }
    if (control->sent == control->size)
        control->sent = control->size = 0;
    control->begun = control->size;
    loop_rewatch(&control->base, control->size ? LOOP_IN | LOOP_OUT : LOOP_IN);
}

static void control_event(xsMachine *the, HostWatch *watch, uint32_t events) {
    char data[512];
    (void)watch;
    if ((events & LOOP_OUT) && control->size)
        control_send();
    if (!(events & (LOOP_IN | LOOP_END | LOOP_ERROR)))
        return;
    ssize_t count = read(control->descriptor, data, sizeof(data));
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        control_end(the);
        return;
    }
    for (ssize_t at = 0; at < count && !loop_quitting(); at++)
        control_octet(the, data[at]);
}

/* (descriptor, onLine, onEnd): takes the channel; false when the descriptor is not open. */
void xs_control_open(xsMachine *the) {
    int descriptor = xsmcToInteger(xsArg(0));
    int flags = fcntl(descriptor, F_GETFL);
    xsmcSetFalse(xsResult);
    if (control || flags < 0)
        return;
    fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    control = (Control *)loop_watch(descriptor, LOOP_IN, control_event, sizeof(Control));
    if (!control)
        return;
    control->descriptor = descriptor;
    control->onLine = xsArg(1);
    control->onEnd = xsArg(2);
    xsRemember(control->onLine);
    xsRemember(control->onEnd);
    xsmcSetTrue(xsResult);
}

static void append(const char *text, size_t length) {
    if (!control || control->spoilt)
        return;
    if (control->size == control->begun)
        host_line(true);
    if (control->size + length > OutputMost) {
        control->spoilt = true;
        return;
    }
    if (control->size + length > control->room) {
        size_t room = control->room ? control->room : 4096;
        while (room < control->size + length)
            room *= 2;
        char *larger = realloc(control->output, room);
        if (!larger) {
            control->spoilt = true;
            return;
        }
        control->output = larger;
        control->room = room;
    }
    memcpy(control->output + control->size, text, length);
    control->size += length;
}

/* (text): as it stands. */
void xs_control_text(xsMachine *the) {
    char *text = xsmcToString(xsArg(0));
    append(text, strlen(text));
}

/* (text): as a JSON string. */
void xs_control_quote(xsMachine *the) {
    const char *text = xsmcToString(xsArg(0));
    char escaped[8];
    append("\"", 1);
    for (; *text; text++) {
        unsigned char octet = (unsigned char)*text;
        if (octet == '"' || octet == '\\') {
            escaped[0] = '\\';
            escaped[1] = (char)octet;
            append(escaped, 2);
        } else if (octet < 0x20) {
            append(escaped, (size_t)snprintf(escaped, sizeof(escaped), "\\u%04x", octet));
        } else {
            append(text, 1);
        }
    }
    append("\"", 1);
}

/* (number) */
void xs_control_number(xsMachine *the) {
    char text[32];
    /* nearly all are whole, and the others cost a device without floating point much */
    int length = xsmcTypeOf(xsArg(0)) == xsIntegerType
                     ? snprintf(text, sizeof(text), "%d", (int)xsmcToInteger(xsArg(0)))
                     : snprintf(text, sizeof(text), "%.15g", xsmcToNumber(xsArg(0)));
    append(text, (size_t)length);
}

/* Ends the line and sends it. */
void xs_control_end(xsMachine *the) {
    (void)the;
    append("\n", 1);
    if (!control)
        return;
    if (control->spoilt)
        control->size = control->begun;
    control->spoilt = false;
    control_send();
    host_line(false);
}
