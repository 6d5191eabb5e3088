/*
 * The sound about the place of play, as samples: what was played last, the frame that is being made, and behind it what
 * has been decoded ahead of its time. Concealment and stretching work on it, so that each code is decoded once.
 */
#ifndef LINNET_PLAYOUT_H
#define LINNET_PLAYOUT_H

#include "codec.h"
#include "conceal.h"
#include "frame.h"

#include <stdint.h>

/* Codes whose sound is kept of the past, and for which there is room behind the frame. */
#define PLAYOUT_PAST CONCEAL_PAST
#define PLAYOUT_AHEAD 320
/* Samples in all: what lies beyond the room needed saves moving it with every frame. */
#define PLAYOUT_SAMPLES 2048

struct playout {
    /* Two samples are a word to the mixer, with every frame. */
    _Alignas(4) int16_t sound[PLAYOUT_SAMPLES];
    /* Where the frame begins. */
    uint16_t at;
    /* Samples before it that were played, without silence between. */
    uint16_t past;
};

/* Moves samples towards the beginning. In pieces that do not overlap, which memcpy copies by words everywhere. */
void playout_move(int16_t *to, const int16_t *from, uint32_t count);

/* Where the next frame is to be made: `ahead` samples stand there already. There are `samples` for each code. */
int16_t *playout_frame(struct playout *playout, uint32_t ahead, uint32_t samples);

/* The frame has been played. */
void playout_pass(struct playout *playout, uint32_t samples);

#endif
