/*
 * What sounds in a tick: up to two sources, as in nearly every tick of a call, are mixed in one pass over their frames;
 * more of them, volumes that change, and what would be too loud go through sums of 32 bits and the limiter.
 */
#ifndef LINNET_MIX_H
#define LINNET_MIX_H

#include "frame.h"
#include "gain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Most samples in a frame, which is a multiple of so many. */
#define MIX_FRAME PIPELINE_FRAME_MOST
#define MIX_BLOCK 8

/* Begun by mix_begin, which sets what has to be. */
struct mix {
    /* The frame that comes out, and what keeps it from being too loud. */
    int16_t *speaker;
    struct limiter *limiter;
    uint32_t count;
    /* Sources that wait, their volumes (gain.h) at both ends of the frame; or all that sounds is in the sums. */
    uint32_t sources;
    bool wide;
    const int16_t *frames[2];
    int32_t from[2];
    int32_t to[2];
    _Alignas(4) int16_t places[2][MIX_FRAME];
    int32_t sums[MIX_FRAME];
};

/* Begins a frame of so many samples. */
static inline void mix_begin(struct mix *mix, struct limiter *limiter, int16_t *speaker, uint32_t count) {
    mix->speaker = speaker;
    mix->limiter = limiter;
    mix->count = count;
    mix->sources = 0;
    mix->wide = false;
}

/* Puts all there is into sums, which more sources than two need. */
void mix_widen(struct mix *mix);

/* Where the next source may write its frame. */
static inline int16_t *mix_place(struct mix *mix) {
    /* While the limiter works, a frame may have to be made a second time. */
    if (mix->sources == 0)
        return mix->limiter->factor == LIMITER_UNITY ? mix->speaker : mix->places[0];
    if (mix->sources == 2)
        mix_widen(mix);
    return mix->places[1];
}

/* Adds to the sums. */
void mix_add_wide(struct mix *mix, const int16_t *frame, int32_t from, int32_t to);

/* Adds a source. Its frame, which may be the place, stays as it is until the next place is asked for. */
static inline void mix_add(struct mix *mix, const int16_t *frame, int32_t from, int32_t to) {
    uint32_t at = mix->sources;

    if (at == 2 || mix->wide) {
        mix_add_wide(mix, frame, from, to);
        return;
    }
    mix->frames[at] = frame;
    mix->from[at] = from;
    mix->to[at] = to;
    mix->sources = at + 1;
}

/* Makes the speaker's frame, limited, of whatever there is. */
void mix_make(struct mix *mix);

/* The same: mostly there is but one source, which stays as it is. */
static inline void mix_end(struct mix *mix) {
    if (mix->sources != 1 || mix->wide || mix->from[0] != GAIN_UNITY || mix->to[0] != GAIN_UNITY ||
        mix->limiter->factor != LIMITER_UNITY)
        mix_make(mix);
    else if (mix->frames[0] != mix->speaker)
        memcpy(mix->speaker, mix->frames[0], mix->count * sizeof *mix->speaker);
}

#endif
