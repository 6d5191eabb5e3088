/*
 * How the tables of tones are written: levels, steps and lists of steps.
 */
#ifndef LINNET_TONE_DATA_H
#define LINNET_TONE_DATA_H

#include "tones.h"

/* Peaks of a sine at a level in dBm0; 32636 is +3.17 dBm0 (G.711 table 5 and 6, mu-law). */
#define DBM0_0 22657
#define DBM0_8 9020
#define DBM0_10 7165
#define DBM0_13 5072
#define DBM0_18 2852
#define DBM0_19 2542
#define DBM0_24 1430

#define PAUSE(frames)                                                                                                  \
    { {0}, {0}, frames, 0 }
#define TONE1(a, peak, frames)                                                                                         \
    { {a}, {peak}, frames, 0 }
#define TONE2(a, b, peak, frames)                                                                                      \
    { {a, b}, {peak, peak}, frames, 0 }
#define TONE4(a, b, c, d, peak, frames, warble)                                                                        \
    { {a, b, c, d}, {peak, peak, peak, peak}, frames, warble }

/* Steps of an array, how often played, from which step repeated. */
#define STEPS(steps, repeat, times) sizeof(steps) / sizeof *(steps), repeat, times, steps

#endif
