/*
 * What the parts of the emulated Xtensa share. Descriptors are those of the emulator's process, handed down by the
 * parent at these numbers, beside the control channel that an option names.
 */
#ifndef LINNET_SYSTEM_H
#define LINNET_SYSTEM_H

#include <stdbool.h>
#include <stdint.h>

/* Where records of what the phone's work costs go, see meter.h. */
#define SYSTEM_METER 4
/* RTP packets both ways, see audio.c. */
#define SYSTEM_PACKETS 5
/* TCP connections that are up: each connect() takes the next, and is refused after the last. */
#define SYSTEM_CONNECTIONS 6
#define SYSTEM_CONNECTIONS_MOST 4

/* The program's status after an exception of the processor. */
#define SYSTEM_FAULT 70

/* Monotonic hundredths of a second. */
int64_t system_centiseconds(void);
/* Whether a descriptor can be read, or is at its end, and whether it can be written to. */
bool system_readable(int descriptor);
bool system_writable(int descriptor);
/* Waits until a descriptor can be read, at most so long; only so long when it is negative. */
void system_wait(int descriptor, int milliseconds);
/* Has the loop tell when the descriptor, which took less than it was given, can be written to again. */
void loop_blocked(int descriptor);

#endif
