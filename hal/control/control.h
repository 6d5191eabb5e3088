/*
 * Between the control channel's portable part (control.c) and its ports (port/): text lines in, JSON lines out. What is
 * written is put together in C, so that showing a screen makes no garbage in the phone's heap.
 */
#ifndef LINNET_CONTROL_H
#define LINNET_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xsmc.h"

/* Parts of the line that is being put together: text as it stands, text as a JSON string, a number. */
void control_text(const char *text);
void control_quote(const char *text);
void control_number(double number);
/* `name` with its punctuation, and a whole number. */
void control_field(const char *name, long number);
/* Octets in base 64 (RFC 4648), without quotes; only those of a count that three divides can be gone on with. */
void control_base64(const uint8_t *octets, size_t size);
/* Ends the line and sends it. */
void control_end(void);

/* From the port: takes octets up to the end of the first line, which it hands to JavaScript. Returns how many it took.
 */
size_t control_take(xsMachine *the, const char *data, size_t size);
/* From the port, once it is closed: there is no far end any more. */
void control_gone(xsMachine *the);

/* Opens the channel of that number: a descriptor, a UART. False when it cannot be had. */
bool control_port_open(xsMachine *the, int channel);
/* Adds to the line; goes nowhere while the channel is not open. */
void control_port_write(const char *text, size_t length);
/* The line is complete. */
void control_port_end(void);
/* Calls into JavaScript with one argument, or without where that is NULL; what it throws ends the phone. */
void control_port_call(xsMachine *the, xsSlot *function, xsSlot *argument);

#endif
