/*
 * A microphone at 16 kHz before a canceller at 8 kHz: the lower half of the band goes through the canceller, the upper
 * one past it. The canceller knows nothing of the loudspeaker's echo in the upper one, which is therefore turned down
 * while the loudspeaker sounds.
 */
#ifndef LINNET_BANDS_H
#define LINNET_BANDS_H

#include "frame.h"
#include "halfband.h"

#include <stdint.h>

/* Samples at 16 kHz that the lower band is late by when it comes back. */
#define BANDS_DELAY (HALFBAND_DELAY + 2 * HALFBAND_TAPS)

struct bands {
    struct halfband_down speaker;
    struct halfband_down microphone;
    struct halfband_up clean;
    /* The microphone's last samples, for the upper band to be as late. */
    int16_t late[BANDS_DELAY];
    /* Frames for which the loudspeaker's echo lasts, and what the upper band is turned down to, as gains are. */
    uint16_t echo;
    int16_t gain;
};

/* Begins with silence before, and a loudspeaker that sounds. */
void bands_reset(struct bands *bands);

/* What the loudspeaker plays in this frame: the lower band of it. */
void bands_play(struct bands *bands, const int16_t speaker[PIPELINE_FRAME_MOST], int16_t low[PIPELINE_FRAME]);

/* The microphone's lower band, for the canceller. */
void bands_part(struct bands *bands, const int16_t microphone[PIPELINE_FRAME_MOST], int16_t low[PIPELINE_FRAME]);

/* Joins what the canceller has made of that lower band with the upper one. */
void bands_join(struct bands *bands, const int16_t microphone[PIPELINE_FRAME_MOST], const int16_t low[PIPELINE_FRAME],
                const int16_t clean[PIPELINE_FRAME], int16_t joined[PIPELINE_FRAME_MOST]);

#endif
