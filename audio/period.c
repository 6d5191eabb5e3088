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

/* What is left of `most` without the differences of each sample that is `step` behind the one before; below 0 when they
 * are more than that, which mostly shows before the end. */
static inline __attribute__((always_inline)) int32_t compare(const int16_t *sound, const int16_t *other,
                                                             const int16_t *end, int32_t most, int32_t step) {
    /* Four a round: this loop is what a tick that searches mostly does. */
    do {
        most -= distance(sound[0], other[0]) + distance(sound[step], other[step]);
        most -= distance(sound[2 * step], other[2 * step]) + distance(sound[3 * step], other[3 * step]);
        sound += 4 * step;
        other += 4 * step;
    } while (most >= 0 && sound < end);
    return most;
}

/* Looks at all lags from `first` to `last` in steps; returns the best, or `best` where none has differences fewer than
 * `fewer`, which then are the best one's. */
static uint32_t look(const int16_t *sound, uint32_t count, uint32_t first, uint32_t last, uint32_t step, int32_t sign,
                     uint32_t best, int32_t *fewer) {
    const int16_t *end = sound + count;

    for (uint32_t lag = first; lag <= last; lag += step) {
        int32_t left = compare(sound, sound + sign * (int32_t)lag, end, *fewer, COARSE);

        if (left >= 0) {
            *fewer -= left + 1;
            best = lag;
        }
    }
    return best;
}

/* The same in sound of two samples for each unit, by every second one. */
static __attribute__((noinline)) uint32_t look_wide(const int16_t *sound, uint32_t count, uint32_t first, uint32_t last,
                                                    uint32_t step, int32_t sign, uint32_t best, int32_t *fewer) {
    const int16_t *end = sound + 2 * count;

    for (uint32_t lag = first; lag <= last; lag += step) {
        int32_t left = compare(sound, sound + sign * 2 * (int32_t)lag, end, *fewer, 2 * COARSE);

        if (left >= 0) {
            *fewer -= left + 1;
            best = lag;
        }
    }
    return best;
}

struct period period_find(const int16_t *sound, uint32_t count, uint32_t least, uint32_t most, bool forward,
                          uint32_t samples) {
    const int32_t sign = forward ? 1 : -1;
    /* Differences that would be fewer than the fewest so far. */
    int32_t fewer = INT32_MAX - 1;
    uint32_t (*const search)(const int16_t *, uint32_t, uint32_t, uint32_t, uint32_t, int32_t, uint32_t, int32_t *) =
        samples == 1 ? look : look_wide;
    uint32_t best = search(sound, count, least, most, COARSE, sign, least, &fewer), level = 0;

    best = search(sound, count, best > least ? best - 1 : best, best < most ? best + 1 : best, 1, sign, best, &fewer);
    for (uint32_t i = 0; i < count; i += COARSE)
        level += (uint32_t)distance(sound[i * samples], 0);
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
