/*
 * Volume steps and the limiter; see gain.h.
 */
#include "gain.h"

/* 4096 * 10^(1.5 (step - 16) / 20), rounded. */
const uint16_t gain_steps[GAIN_STEPS] = {258,  307,  365,  434,  516,  613,  728,  866,  1029, 1223,  1453,  1727, 2053,
                                         2440, 2900, 3446, 4096, 4868, 5786, 6876, 8173, 9713, 11544, 13720, 16306};

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

/* On a way from one factor to another, in parts of each: one division, not one for each sample. */
#define RAMP_BITS 14
/* A sum that has to be turned down at once still has so many samples for it. */
#define ATTACK 8
/* Frames after that, and then the rest of the way back is shortened by a 2^4th with each. */
#define HOLD 10
#define RELEASE 4

void limiter_reset(struct limiter *limiter) {
    *limiter = (struct limiter){.factor = LIMITER_UNITY};
}

int32_t limiter_rise(const struct limiter *limiter) {
    int32_t rest = LIMITER_UNITY - limiter->factor;

    if (rest == 0 || limiter->hold > 0)
        return limiter->factor;
    return limiter->factor + (rest >> RELEASE) + ((rest & ((1 << RELEASE) - 1)) != 0);
}

void limiter_pass(struct limiter *limiter) {
    limiter->factor = limiter_rise(limiter);
    if (limiter->hold > 0)
        limiter->hold--;
}

static int32_t magnitude(int32_t value) {
    return value < 0 ? -value : value;
}

/* Applies a factor that leaves sums within 16 bits. */
static void scale(int16_t *samples, const int32_t *sums, uint32_t count, int32_t factor) {
    for (uint32_t i = 0; i < count; i++)
        samples[i] = (int16_t)((sums[i] * factor) >> LIMITER_BITS);
}

void limiter_apply(struct limiter *limiter, const int32_t *sums, int16_t *samples, uint32_t count) {
    int32_t from = limiter->factor, to = limiter_rise(limiter), peak = 0;
    uint32_t first = count; /* sample that would be too loud with the factor in force */

    for (uint32_t i = 0; i < count; i++) {
        int32_t size = magnitude(sums[i]);

        if (size > peak) {
            peak = size;
            if (first == count && size * from > LIMITER_PEAK * LIMITER_UNITY)
                first = i;
        }
    }

    uint32_t ramp = count;

    if (peak * to > LIMITER_PEAK * LIMITER_UNITY) {
        to = LIMITER_PEAK * LIMITER_UNITY / peak;
        limiter->hold = HOLD;
        if (to < from)
            ramp = first < ATTACK ? ATTACK : first;
    } else if (limiter->hold > 0) {
        limiter->hold--;
    }
    limiter->factor = to;
    if (from == to) {
        scale(samples, sums, count, to);
        return;
    }
    if (ramp > count)
        ramp = count;

    /* There is at least one sample. NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    int32_t step = (to - from) * (1 << RAMP_BITS) / (int32_t)ramp, factor = from * (1 << RAMP_BITS);

    for (uint32_t i = 0; i < ramp; i++) {
        factor += step;
        samples[i] = gain_saturate((sums[i] * (factor >> RAMP_BITS)) >> LIMITER_BITS);
    }
    scale(samples + ramp, sums + ramp, count - ramp, to);
}
