/*
 * The control channel, whatever carries it: lines that come are put together and handed to JavaScript, JSON that goes
 * is written piece by piece. Natives of control.ts.
 */
#include "control.h"

#include <stdio.h>
#include <string.h>

enum { LineMost = 1024 };

static struct {
    bool open;
    xsSlot onLine, onEnd;
    char line[LineMost];
    int length;
    bool overlong;
} control;

void control_text(const char *text) {
    control_port_write(text, strlen(text));
}

void control_quote(const char *text) {
    char escaped[8];
    control_port_write("\"", 1);
    while (*text) {
        size_t plain = 0;
        while ((unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
            plain++;
        control_port_write(text, plain);
        text += plain;
        if (!*text)
            break;
        if (*text == '"' || *text == '\\') {
            escaped[0] = '\\';
            escaped[1] = *text;
            control_port_write(escaped, 2);
        } else {
            control_port_write(escaped, (size_t)snprintf(escaped, sizeof(escaped), "\\u%04x", (unsigned char)*text));
        }
        text++;
    }
    control_port_write("\"", 1);
}

void control_number(double number) {
    char text[32];
    control_port_write(text, (size_t)snprintf(text, sizeof(text), "%.15g", number));
}

void control_field(const char *name, long number) {
    char text[24];
    control_text(name);
    control_port_write(text, (size_t)snprintf(text, sizeof(text), "%ld", number));
}

void control_base64(const uint8_t *octets, size_t size) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char four[4];

    for (size_t at = 0; at < size; at += 3) {
        uint32_t three = (uint32_t)octets[at] << 16;

        if (at + 1 < size)
            three |= (uint32_t)octets[at + 1] << 8;
        if (at + 2 < size)
            three |= octets[at + 2];
        four[0] = digits[three >> 18];
        four[1] = digits[three >> 12 & 63];
        four[2] = at + 1 < size ? digits[three >> 6 & 63] : '=';
        four[3] = at + 2 < size ? digits[three & 63] : '=';
        control_port_write(four, sizeof(four));
    }
}

void control_end(void) {
    control_port_write("\n", 1);
    control_port_end();
}

static void deliver(xsMachine *machine) {
    xsBeginHost(machine);
    {
        xsmcVars(1);
        xsmcSetStringBuffer(xsVar(0), control.line, control.length);
        control_port_call(the, &control.onLine, &xsVar(0));
    }
    xsEndHost(machine);
}

size_t control_take(xsMachine *the, const char *data, size_t size) {
    size_t at = 0;
    while (at < size && data[at] != '\n') {
        if (control.length < LineMost)
            control.line[control.length++] = data[at];
        else
            control.overlong = true;
        at++;
    }
    if (at == size)
        return at;
    if (control.length && control.line[control.length - 1] == '\r')
        control.length--;
    if (control.overlong) {
        control_field("{\"type\":\"error\",\"text\":\"a line of more than ", LineMost);
        control_text(" octets is left out\"}");
        control_end();
    } else {
        deliver(the);
    }
    control.length = 0;
    control.overlong = false;
    return at + 1;
}

void control_gone(xsMachine *machine) {
    xsBeginHost(machine);
    {
        xsmcVars(1);
        xsVar(0) = control.onEnd;
        xsForget(control.onLine);
        xsForget(control.onEnd);
        control.open = false;
        control_port_call(the, &xsVar(0), NULL);
    }
    xsEndHost(machine);
}

/* (channel, onLine, onEnd): takes the channel; false when it cannot be had. */
void xs_control_open(xsMachine *the) {
    xsmcSetFalse(xsResult);
    if (control.open || !control_port_open(the, (int)xsmcToInteger(xsArg(0))))
        return;
    control.open = true;
    control.onLine = xsArg(1);
    control.onEnd = xsArg(2);
    xsRemember(control.onLine);
    xsRemember(control.onEnd);
    xsmcSetTrue(xsResult);
}

/* (text): as it stands. */
void xs_control_text(xsMachine *the) {
    control_text(xsmcToString(xsArg(0)));
}

/* (text): as a JSON string. */
void xs_control_quote(xsMachine *the) {
    control_quote(xsmcToString(xsArg(0)));
}

/* (number) */
void xs_control_number(xsMachine *the) {
    /* nearly all are whole, and the others cost a device without floating point much */
    if (xsmcTypeOf(xsArg(0)) == xsIntegerType)
        control_field("", (long)xsmcToInteger(xsArg(0)));
    else
        control_number(xsmcToNumber(xsArg(0)));
}

/* (octets, from, size): those of an array of octets, in base 64; none of it where it is shorter. */
void xs_control_base64(xsMachine *the) {
    void *octets;
    xsUnsignedValue length;
    xsIntegerValue from = xsmcToInteger(xsArg(1)), size = xsmcToInteger(xsArg(2));

    xsmcGetBufferReadable(xsArg(0), &octets, &length);
    if (from >= 0 && size >= 0 && (xsUnsignedValue)from + (xsUnsignedValue)size <= length)
        control_base64((const uint8_t *)octets + from, (size_t)size);
}

/* Ends the line and sends it. */
void xs_control_end(xsMachine *the) {
    (void)the;
    control_end();
}
