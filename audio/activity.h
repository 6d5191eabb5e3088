/*
 * Voice activity in microphone frames, and the level of the noise between talk: what silence suppression goes by.
 */
#ifndef LINNET_ACTIVITY_H
#define LINNET_ACTIVITY_H

#include <stdbool.h>
#include <stdint.h>

/* Octaves of sound that are looked at apart: up to 250 Hz, to 500 Hz, 1, 2 and 4 kHz. */
#define ACTIVITY_BANDS 5

/* Levels are of amplitudes, in 1/256 of a doubling (6.02 dB). */
struct activity {
    /* What is taken for the background in each band, the level smoothed over 50 ms, and the least that it had in this
     * window and in the one before. */
    int16_t floor[ACTIVITY_BANDS];
    int16_t smooth[ACTIVITY_BANDS];
    int16_t least[ACTIVITY_BANDS];
    int16_t least_before[ACTIVITY_BANDS];
    /* What speaks for voice, summed over frames; above a threshold it is. */
    int16_t evidence;
    /* Level of the talker in the band that is loudest. */
    int16_t talker;
    /* Frames of this window. */
    uint8_t age;
    /* Frames that still count as voice after the last one that was, and voiced frames in a row, as far as it counts. */
    uint8_t hangover;
    uint8_t run;
    bool begun;
    /* The background was followed with the last frame that was looked at. */
    bool follow;
    /* The last frame that was looked at was voiced. */
    bool voiced;
    /* Frames since then. */
    uint8_t skipped;
};

/* Begins anew, taking the first moments for voice. */
void activity_reset(struct activity *activity);

/* Looks at a frame of 10 ms, `samples` of them at 8 or 16 kHz (80 or 160); whether it belongs to talk, the ends of
 * words and short pauses included. It is sure of a word's beginning up to 40 ms late. */
bool activity_frame(struct activity *activity, const int16_t *frame, uint32_t samples);

/* Level of the background as RFC 3389 wants it: 0-127, in dB below the overload point. */
uint8_t activity_noise(const struct activity *activity);

#endif
