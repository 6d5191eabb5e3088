/*
 * Sound of one rate where the other is wanted: a stream at 8 kHz in a tick at 16, or a microphone at 16 kHz for a codec
 * at 8. Nothing is done while both are the same. When one of them changes in the middle of sound, a frame fades from
 * the old way to the new one, which are a millisecond and a half apart, so that nothing clicks.
 */
#ifndef LINNET_BRIDGE_H
#define LINNET_BRIDGE_H

#include "frame.h"
#include "halfband.h"

#include <stdbool.h>
#include <stdint.h>

enum bridge_way { BRIDGE_STRAIGHT, BRIDGE_DOUBLE, BRIDGE_HALVE };

/* All noughts is a bridge over which nothing has gone. */
struct bridge {
    struct halfband filter;
    uint8_t way;
    /* The filter holds sound: the last frame through it was none of silence. */
    bool sounds;
};

/* A frame of 80 times `from` samples as one of 80 times `to` (1 at 8 kHz, 2 at 16): itself, or in `place`, which has
 * room for it. A null frame is silence; null comes out when nothing is heard of what came before. */
const int16_t *bridge_frame(struct bridge *bridge, const int16_t *frame, uint32_t from, uint32_t to,
                            int16_t place[PIPELINE_FRAME_MOST]);

/* Whether there is nothing to do: a frame, null or not, is as bridge_frame would give it. */
static inline bool bridge_idle(const struct bridge *bridge, uint32_t from, uint32_t to) {
    return from == to && bridge->way == BRIDGE_STRAIGHT;
}

#endif
