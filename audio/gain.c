/*
 * Volume steps and saturating mixing; see gain.h.
 */
#include "gain.h"

/* 4096 * 10^(1.5 (step - 16) / 20), rounded. */
static const uint16_t step_gains[GAIN_STEPS] = {258,  307,  365,  434,  516,   613,   728,  866,  1029,
                                                1223, 1453, 1727, 2053, 2440,  2900,  3446, 4096, 4868,
                                                5786, 6876, 8173, 9713, 11544, 13720, 16306};

int32_t gain_of_step(uint32_t step) {
    return step_gains[step < GAIN_STEPS ? step : GAIN_STEPS - 1];
}

void gain_apply(int16_t *samples, uint32_t count, int32_t from, int32_t to) {
    if (from == to && to == GAIN_UNITY)
        return;

    /* The slope in 1/256 keeps the ramp exact enough without a division for every sample. */
    int32_t gain = from * 256;
    int32_t slope = (to - from) * 256 / (int32_t)count;

    for (uint32_t i = 0; i < count; i++) {
        gain += slope;
        samples[i] = gain_saturate((samples[i] * (gain >> 8) + GAIN_UNITY / 2) >> 12);
    }
}

void gain_apply_sums(int32_t *sums, uint32_t count, int32_t from, int32_t to) {
    if (from == to && to == GAIN_UNITY)
        return;

    int32_t gain = from * 256;
    int32_t slope = (to - from) * 256 / (int32_t)count;

    for (uint32_t i = 0; i < count; i++) {
        gain += slope;
        sums[i] = (sums[i] * (gain >> 8) + GAIN_UNITY / 2) >> 12;
    }
}

/* -2 dBFS. */
#define LIMIT_PEAK 26028
/* A sum that has to be turned down at once still has so many samples for it. */
#define LIMIT_ATTACK 8
/* The way back to unity is halved every 2^4 frames. */
#define LIMIT_RELEASE 4

static int32_t magnitude(int32_t value) {
    return value < 0 ? -value : value;
}

void gain_limit(int32_t *limit, const int32_t *sums, int16_t *samples, uint32_t count) {
    int32_t from = *limit, peak = 0;
    uint32_t first = count; /* sample that would be too loud with the factor in force */

    for (uint32_t i = 0; i < count; i++) {
        int32_t size = magnitude(sums[i]);

        if (size > peak) {
            peak = size;
            if (first == count && size * from > LIMIT_PEAK * GAIN_LIMIT_UNITY)
                first = i;
        }
    }

    int32_t most = peak > LIMIT_PEAK ? LIMIT_PEAK * GAIN_LIMIT_UNITY / peak : GAIN_LIMIT_UNITY;
    int32_t to = from + ((GAIN_LIMIT_UNITY - from) >> LIMIT_RELEASE) + 1;
    uint32_t ramp = count;

    if (to > most) {
        to = most;
        if (to < from)
            ramp = first < LIMIT_ATTACK ? LIMIT_ATTACK : first;
    }
    if (to > GAIN_LIMIT_UNITY)
        to = GAIN_LIMIT_UNITY;
    for (uint32_t i = 0; i < count; i++) {
        int32_t factor = i < ramp ? from + (to - from) * (int32_t)(i + 1) / (int32_t)ramp : to;

        samples[i] = gain_saturate((sums[i] * factor) >> 10);
    }
    *limit = to;
}
