/*
 * Concealment of missing frames: the last pitch period goes on, fading to silence within 60 ms, and sound that comes
 * back is faded in over it. Simple relative of ITU-T G.711 appendix I, without its delay.
 */
#ifndef LINNET_CONCEAL_H
#define LINNET_CONCEAL_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

/* Samples of the past that the search for the period looks at. */
#define CONCEAL_PAST 240
/* Longest period: 15 ms, a voice of 67 Hz. */
#define CONCEAL_PERIOD 120

struct conceal {
    int16_t period[CONCEAL_PERIOD];
    uint16_t length;
    uint16_t position;
    /* Frames made in this gap; 0 outside of gaps. */
    uint16_t frames;
    /* What is added to the first samples so that they go on where the past ended, and fades. */
    int32_t step;
};

/* Begins a gap after these samples. */
void conceal_begin(struct conceal *conceal, const int16_t past[CONCEAL_PAST]);

/* Makes the next frame of the gap; false when it is silence, the sound having faded. */
bool conceal_frame(struct conceal *conceal, int16_t frame[PIPELINE_FRAME]);

/* Ends the gap: fades from the concealment into the frame that came. */
void conceal_end(struct conceal *conceal, int16_t frame[PIPELINE_FRAME]);

#endif
