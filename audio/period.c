/*
 * Search by the average magnitude difference, coarse first and then about what was found; see period.h.
 */
#include "period.h"

/* Lags and samples are first looked at in steps of so many. */
#define COARSE 2

static int32_t distance(int32_t a, int32_t b) {
    int32_t difference = a - b;

    return difference < 0 ? -difference : difference;
}

/* What is left of `most` without the differences of every second sample; below 0 when they are more than that, which
 * mostly shows before the end. */
static int32_t compare(const int16_t *sound, const int16_t *other, uint32_t count, int32_t most) {
    const int16_t *end = sound + count;

    /* Four a round: this loop is what a tick that searches mostly does. */
    do {
        most -= distance(sound[0], other[0]) + distance(sound[COARSE], other[COARSE]);
        most -= distance(sound[2 * COARSE], other[2 * COARSE]) + distance(sound[3 * COARSE], other[3 * COARSE]);
        sound += 4 * COARSE;
        other += 4 * COARSE;
    } while (most >= 0 && sound < end);
    return most;
}

struct period period_find(const int16_t *sound, uint32_t count, uint32_t least, uint32_t most, bool forward) {
    const int32_t sign = forward ? 1 : -1;
    uint32_t best = least, level = 0;
    /* Differences that would be fewer than the fewest so far. */
    int32_t fewer = INT32_MAX - 1;

    for (uint32_t lag = least; lag <= most; lag += COARSE) {
        int32_t left = compare(sound, sound + sign * (int32_t)lag, count, fewer);

        if (left >= 0) {
            fewer -= left + 1;
            best = lag;
        }
    }

    uint32_t middle = best;

    for (uint32_t lag = middle > least ? middle - 1 : middle; lag <= middle + 1 && lag <= most; lag++) {
        int32_t left = compare(sound, sound + sign * (int32_t)lag, count, fewer);

        if (left >= 0) {
            fewer -= left + 1;
            best = lag;
        }
    }
    for (uint32_t i = 0; i < count; i += COARSE)
        level += (uint32_t)distance(sound[i], 0);
    /* There is sound of some milliseconds. NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    return (struct period){best, (uint32_t)(fewer + 1) / (count / COARSE), level / (count / COARSE)};
}

void period_fade(int16_t *to, const int16_t *first, const int16_t *second, uint32_t count) {
    int32_t step = (int32_t)(32768 / (count + 1)), weight = 0;

    for (uint32_t i = 0; i < count; i++) {
        weight += step;
        /* Half the difference fits 16 bits, so that the product fits 32. */
        to[i] = (int16_t)(first[i] + (((second[i] - first[i]) / 2 * weight) >> 14));
    }
}
