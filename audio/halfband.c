/*
 * The half-band filter; see halfband.h. Its taps are a sinc under a Kaiser window (beta 4.6), with a sum that leaves a
 * constant as it is.
 */
#include "halfband.h"

#include <string.h>

/* From the middle outwards, in 1/65536; the middle itself is a half. */
static const int16_t taps[HALFBAND_TAPS] = {20812, -6744, 3822, -2502, 1728, -1213, 848, -581, 385, -241, 140, -70};

static int16_t limited(int32_t sample) {
    return (int16_t)(sample > INT16_MAX ? INT16_MAX : sample < INT16_MIN ? INT16_MIN : sample);
}

/* The taps over samples that lie `stride` apart, before and from the middle on; in 1/65536 of a sample. Their sizes add
 * up to less than 1.2, so that it fits. */
static inline int32_t sum(const int16_t *before, const int16_t *after, int32_t stride) {
    int32_t all = 0;

#pragma GCC unroll 12
    for (int32_t i = 0; i < HALFBAND_TAPS; i++)
        all += taps[i] * ((before[-stride * i] + after[stride * i]) >> 1);
    return all;
}

void halfband_halve(struct halfband_down *state, const int16_t wide[PIPELINE_FRAME_MOST],
                    int16_t narrow[PIPELINE_FRAME]) {
    int16_t line[2 * HALFBAND_DELAY + PIPELINE_FRAME_MOST];

    memcpy(line, state->past, sizeof state->past);
    memcpy(line + 2 * HALFBAND_DELAY, wide, PIPELINE_FRAME_MOST * sizeof *wide);
    memcpy(state->past, line + PIPELINE_FRAME_MOST, sizeof state->past);
    for (int32_t i = 0; i < PIPELINE_FRAME; i++) {
        const int16_t *middle = line + HALFBAND_DELAY + 2 * i;

        narrow[i] = limited((*middle * 16384 + sum(middle - 1, middle + 1, 2) + 16384) >> 15);
    }
}

void halfband_double(struct halfband_up *state, const int16_t narrow[PIPELINE_FRAME],
                     int16_t wide[PIPELINE_FRAME_MOST]) {
    int16_t line[2 * HALFBAND_TAPS - 1 + PIPELINE_FRAME];

    memcpy(line, state->past, sizeof state->past);
    memcpy(line + 2 * HALFBAND_TAPS - 1, narrow, PIPELINE_FRAME * sizeof *narrow);
    memcpy(state->past, line + PIPELINE_FRAME, sizeof state->past);
    for (int32_t i = 0; i < PIPELINE_FRAME; i++) {
        const int16_t *after = line + HALFBAND_TAPS + i;

        wide[2 * i] = after[-1];
        wide[2 * i + 1] = limited((sum(after - 1, after, 1) + 8192) >> 14);
    }
}
