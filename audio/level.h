/*
 * Level control for the microphone of handset and headset: soft talkers are sent louder and loud ones softer, slowly,
 * towards one level. Only talk counts, so that noise is not turned up in pauses.
 */
#ifndef LINNET_LEVEL_H
#define LINNET_LEVEL_H

#include "activity.h"
#include "gain.h"

#include <stdint.h>

/* Mean squares are in units of 256. */
struct level {
    struct activity activity;
    struct limiter limiter;
    /* Mean squares of talk, and of what is between it. */
    uint32_t talk;
    uint32_t noise;
    /* There has been some of that. */
    bool heard;
    /* Gain at the end of the last frame; see gain.h. */
    int32_t gain;
    /* Frames of talk that are in its mean, as far as they count. */
    uint8_t frames;
};

/* Another talker, or another microphone: begins with unity. */
void level_reset(struct level *level);

/* Turns a frame of `count` samples, 10 ms, up or down: between -12 and +12 dB, and no peak above LIMITER_PEAK. */
void level_frame(struct level *level, int16_t *frame, uint32_t count);

#endif
