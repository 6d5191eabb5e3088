/*
 * Sound at 8 kHz made of sound at 16 kHz and the other way round, where one of the two ends of the pipeline has the
 * rate that the other has not. A linear-phase half-band filter of 47 taps, of which every other one is nought: level to
 * 0.03 dB up to 3.45 kHz, 49 dB down from 4.55 kHz on, late by 1.4 ms.
 */
#ifndef LINNET_HALFBAND_H
#define LINNET_HALFBAND_H

#include "frame.h"

#include <stdint.h>

/* Taps on either side of the middle that are not nought. */
#define HALFBAND_TAPS 12
/* Samples at 16 kHz that a sample at 8 kHz is late for. */
#define HALFBAND_DELAY (2 * HALFBAND_TAPS - 1)

/* What has gone by at 16 kHz, for halving, and at 8 kHz, for doubling; all noughts is silence. */
struct halfband_down {
    int16_t past[2 * HALFBAND_DELAY];
};

struct halfband_up {
    int16_t past[2 * HALFBAND_TAPS - 1];
};

/* For sound that goes either way by turns. */
struct halfband {
    struct halfband_down down;
    struct halfband_up up;
};

/* A frame of 10 ms; the two may not overlap. */
void halfband_halve(struct halfband_down *state, const int16_t wide[PIPELINE_FRAME_MOST],
                    int16_t narrow[PIPELINE_FRAME]);
void halfband_double(struct halfband_up *state, const int16_t narrow[PIPELINE_FRAME],
                     int16_t wide[PIPELINE_FRAME_MOST]);

#endif
