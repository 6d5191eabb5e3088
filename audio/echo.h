/*
 * The slot for an acoustic echo canceller: it hears what the speaker plays and takes it out of the microphone. Which
 * one it is, or none, is the build's choice; it has its memory from the heap, once, at boot.
 */
#ifndef LINNET_ECHO_H
#define LINNET_ECHO_H

#include "frame.h"

#include <stdint.h>

struct echo;

/* Largest delay in frames. */
#define ECHO_DELAY_MOST 20

/* Makes a canceller. `delay`: frames (at most ECHO_DELAY_MOST) between the tick that makes a speaker frame and the one
 * whose microphone frame has the first of its echo, which the port knows. Null when the build has none or memory is
 * out. */
struct echo *echo_open(uint32_t delay);
void echo_close(struct echo *echo);

/* Another call, or the speaker again: forgets what was played. What has been learned of the room stays, as the phone
 * most likely still stands there; so it does when the volume changes, since what is played is taken as it is heard. */
void echo_begin(struct echo *echo);

/* What the speaker gets in this tick; after echo_cancel. */
void echo_play(struct echo *echo, const int16_t speaker[PIPELINE_FRAME]);

/* Makes a microphone frame without the echo. */
void echo_cancel(struct echo *echo, const int16_t mic[PIPELINE_FRAME], int16_t clean[PIPELINE_FRAME]);

#endif
