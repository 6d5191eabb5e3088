/*
 * Search for the period of a voice: the lag at which sound looks most like itself. Concealment and the stretching and
 * shortening of sound rest on it.
 */
#ifndef LINNET_PERIOD_H
#define LINNET_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

/* Bounds of a period in units of 1/8000 s: voices of 200 Hz to 67 Hz, as in ITU-T G.711 appendix I. */
#define PERIOD_LEAST 40
#define PERIOD_MOST 120

struct period {
    uint32_t lag;
    /* Mean difference, and mean size of the sound, for one sample. */
    uint32_t mismatch;
    uint32_t level;
};

/* The lag from `least` to `most` at which sound of length `count` differs least from that which lies `lag` before it
 * (`forward` false) or behind it, all in units of 1/8000 s: `samples` each, 1 or 2. The caller sees to it that these
 * are there; `count` is a multiple of 8. Of equal lags the shortest. */
struct period period_find(const int16_t *sound, uint32_t count, uint32_t least, uint32_t most, bool forward,
                          uint32_t samples);

/* Fades over so many samples from `first` to `second` in a straight line; `to` may be either. */
void period_fade(int16_t *to, const int16_t *first, const int16_t *second, uint32_t count);

#endif
