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

void gain_mix(int16_t *samples, const int16_t *more, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        samples[i] = gain_saturate(samples[i] + more[i]);
}
