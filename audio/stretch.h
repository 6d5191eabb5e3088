/*
 * Changes the delay of a jitter buffer without a gap or a click: a pitch period is left out of the sound or played once
 * more, and the sound fades from where it is to where it goes on.
 */
#ifndef LINNET_STRETCH_H
#define LINNET_STRETCH_H

#include "frame.h"
#include "jitter.h"

/* Shortest and longest stretch of sound that is left out or repeated, in units of 1/8000 s: so are all lengths here,
 * and each has `samples`. */
#define STRETCH_LEAST 40
#define STRETCH_MOST 160

/* Plays some of the sound before the frame once more where the delay is to grow by `wanted`: there are `past` before
 * it, and those that the buffer has ahead behind it. */
void stretch_repeat(struct jitter *jitter, int16_t *frame, uint32_t past, uint32_t samples, uint32_t wanted);

/* Leaves out some of the sound behind the frame where the delay is too long by `excess`: all of it that the buffer has
 * ahead is there. `attempts` counts tries that were put off since the sound does not repeat itself; it starts with 0.
 */
void stretch_leave_out(struct jitter *jitter, int16_t *frame, uint32_t samples, uint32_t excess, uint16_t *attempts);

#endif
