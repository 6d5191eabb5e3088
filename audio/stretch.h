/*
 * Changes the delay of a jitter buffer without a gap or a click: a pitch period is left out of the sound or played once
 * more, and the sound fades from where it is to where it goes on.
 */
#ifndef LINNET_STRETCH_H
#define LINNET_STRETCH_H

#include "codec.h"
#include "frame.h"
#include "jitter.h"

/* Shortest and longest stretch of sound that is left out or repeated, in samples. */
#define STRETCH_LEAST 40
#define STRETCH_MOST 160

/* Makes the frame that jitter_get gave last longer or shorter, as the buffer wants and the sound allows: `frame` is
 * that frame decoded and becomes what is played. `attempts` counts tries to shorten that were put off since the sound
 * does not repeat itself; it starts with 0. */
void stretch_frame(struct jitter *jitter, const struct codec *codec, int16_t frame[PIPELINE_FRAME], uint16_t *attempts);

#endif
