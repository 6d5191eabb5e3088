/*
 * How good what is heard is: concealed seconds, concealment ratios and the mean opinion score that the E-model (ITU-T
 * G.107) estimates from concealment and delay; taken once a second from a stream's counters, in integers. What is
 * missing is concealed, however long it is. Before the first sound nothing is missing: the far end may not have
 * answered yet. But a stream of which nothing is heard for QUALITY_UNHEARD seconds is as bad as can be, until something
 * is: then counting begins with that.
 */
#ifndef LINNET_QUALITY_H
#define LINNET_QUALITY_H

#include "codec.h"

#include <stdint.h>

/* Ticks in a second. */
#define QUALITY_SECOND 100
/* Seconds of sound that the score looks back on, and those of the interval concealment ratio. */
#define QUALITY_SECONDS 8
#define QUALITY_INTERVAL 3
#define QUALITY_UNHEARD 5
/* Scores and ratios are in 1/10000. */
#define QUALITY_UNIT 10000

/* All zero is a stream of which nothing has been heard. */
struct quality {
    /* Counters at the end of the last second. */
    uint32_t played;
    uint32_t concealed;
    /* Frames played in the latest seconds in which any were, and those of them concealed; index 0 is the latest. */
    uint8_t frames[QUALITY_SECONDS];
    uint8_t gaps[QUALITY_SECONDS];
    uint16_t ticks;
    /* Seconds in which nothing at all was heard. */
    uint16_t unheard;
    /* Seconds in `sum`, the scores of all seconds for their mean; both are halved before they overflow. */
    uint16_t seconds;
    uint32_t sum;
};

/* At the end of a second: brings the counters of quality up to date. */
void quality_second(struct quality *quality, uint32_t *counters);

/* Counts a tick of an open receiver. */
static inline void quality_tick(struct quality *quality, uint32_t *counters) {
    if (++quality->ticks >= QUALITY_SECOND)
        quality_second(quality, counters);
}

/* R factor in 1/100 of a codec with concealment: `gaps` of `frames` were concealed, `delay` is in ms one way. */
uint32_t quality_rating(const struct codec *codec, uint32_t gaps, uint32_t frames, uint32_t delay);

/* Mean opinion score of an R factor (G.107 annex B), in 1/10000. */
uint32_t quality_score(uint32_t rating);

#endif
