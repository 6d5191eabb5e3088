/*
 * Concealment of missing sound after ITU-T G.711 appendix I: the last pitch period is repeated, after 10 ms the last
 * two, after 20 ms the last three. What differs: the standard delays all sound by 3.75 ms so as to smooth the seam
 * before a gap, here the seam is smoothed within the gap and nothing is delayed; the fade lasts 120 ms and not 60; and
 * where the sound behind the gap is there already, the pitch is bent a little so that concealment meets it in step.
 */
#ifndef LINNET_CONCEAL_H
#define LINNET_CONCEAL_H

#include "codec.h"
#include "frame.h"
#include "period.h"

#include <stdbool.h>
#include <stdint.h>

/* Longest quarter of a period, over which the repetition overlaps itself, in units of 1/8000 s. */
#define CONCEAL_OVERLAP (PERIOD_MOST / 4)
/* The past that is needed, in such units: three periods and the overlap. */
#define CONCEAL_PAST (3 * PERIOD_MOST + CONCEAL_OVERLAP)

enum conceal_state {
    CONCEAL_IDLE,
    CONCEAL_GAP,
    CONCEAL_MERGING /* sound is back, and not yet faded in */
};

struct conceal {
    int16_t past[CONCEAL_PAST * CODEC_SAMPLES_MOST];
    /* The end of the past as it was before it was made to fit the beginning of the repetition. */
    int16_t tail[CONCEAL_OVERLAP * CODEC_SAMPLES_MOST];
    uint8_t state;
    /* Samples in 1/8000 s: all below are counted in samples. */
    uint8_t samples;
    uint8_t period;
    uint8_t overlap;
    /* Samples left in which the longer repetition takes over from the shorter one. */
    uint8_t blend;
    /* What one of them is worth, in 1/32768. */
    int16_t blending;
    /* Samples repeated: one, two or three periods; and where in them it goes on. The same of the one before. */
    uint16_t length;
    uint16_t position;
    uint16_t length_before;
    uint16_t position_before;
    /* Made in this gap, counted until it is silent. */
    uint16_t made;
    /* Samples of the fade back, done and in all. */
    uint16_t merged;
    uint16_t merge;
    /* What is added to the first samples so that they go on where the past ended, and fades. */
    int32_t step;
};

/* Units of 1/8000 s after which there is silence. */
#define CONCEAL_SILENT (12 * PIPELINE_FRAME)
/* The rest of a gap that can be bridged, and the least sound behind it that is needed for this, in such units. */
#define CONCEAL_BRIDGE 160
#define CONCEAL_BEHIND 80

/* Begins a gap after the sound before `end`, of which there are `known` samples, `samples` for 1/8000 s. */
void conceal_begin(struct conceal *conceal, const int16_t *end, uint32_t known, uint32_t samples);

/* Makes the next samples of the gap. */
void conceal_make(struct conceal *conceal, int16_t *samples, uint32_t count);

/* Makes all of the rest of a gap, `count` samples of at most CONCEAL_BRIDGE, so that it leads to the sound behind it,
 * of which there are `behind` samples: the gap is over. */
void conceal_bridge(struct conceal *conceal, int16_t *gap, uint32_t count, uint32_t behind);

/* Fades sound that has come back in over the concealment; call it for all sound while the state is not idle. */
void conceal_merge(struct conceal *conceal, int16_t *samples, uint32_t count);

/* Whether a gap has become silent, and whether one is still heard. */
static inline bool conceal_silent(const struct conceal *conceal) {
    return conceal->state == CONCEAL_GAP && conceal->made >= CONCEAL_SILENT * conceal->samples;
}

static inline bool conceal_sounds(const struct conceal *conceal) {
    return conceal->state == CONCEAL_GAP && conceal->made < CONCEAL_SILENT * conceal->samples;
}

/* Makes a gap silent from now on, or begins one that is. */
void conceal_silence(struct conceal *conceal);

#endif
