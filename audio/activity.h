/*
 * Voice activity in microphone frames, and the level of the noise between talk: what silence suppression goes by.
 */
#ifndef LINNET_ACTIVITY_H
#define LINNET_ACTIVITY_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

/* Levels are in 1/256 of a doubling of power (3.01 dB); 0 is that of a square wave at full scale. */
struct activity {
    /* What is taken for the background. */
    int32_t floor;
    /* Smoothed level of frames without voice. */
    int32_t noise;
    /* Frames that still count as voice after the last one that was. */
    uint16_t hangover;
    /* Voiced frames in a row. */
    uint16_t run;
};

/* Begins anew, taking the first moments for voice. */
void activity_reset(struct activity *activity);

/* Looks at a frame of 10 ms, `samples` of them at 8 or 16 kHz (80 or 160); whether it belongs to talk, the ends of
 * words and short pauses included. */
bool activity_frame(struct activity *activity, const int16_t *frame, uint32_t samples);

/* Level of the background as RFC 3389 wants it: 0-127, in dB below the overload point. */
uint8_t activity_noise(const struct activity *activity);

#endif
