/*
 * Tones and rings, made by rule from frequencies, levels and cadences. Nothing clicks: each sound begins and ends with
 * a ramp of 5 ms, and one that is replaced ends before the next begins.
 */
#ifndef LINNET_TONES_H
#define LINNET_TONES_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

#define TONES_PARTIALS 4

/* A stretch of a tone. */
struct tone_step {
    /* Hz; 0 is none. */
    uint16_t frequencies[TONES_PARTIALS];
    /* Peak of each frequency; 0 is a pause. */
    uint16_t peak;
    /* Length in frames of 10 ms; 0 goes on for ever. */
    uint16_t frames;
    /* If not 0: the first two and the last two frequencies alternate, so many frames each. */
    uint8_t warble;
};

/* A tone or ring: its steps from `first` to the end, and how often from `repeat` to the end (0: until stopped). */
struct tone {
    uint8_t id;
    uint8_t steps;
    uint8_t repeat;
    uint8_t times;
    const struct tone_step *step;
};

/* By SCCP tone id (US frequencies and cadences, ANSI T1.401 levels); null for silence and unknown ids. */
const struct tone *tone_by_id(uint32_t id);

/* By SCCP ringer mode; null for off, silent and unknown modes. */
const struct tone *tone_by_ringer(uint32_t mode);

/* What plays one tone at a time. All zero is silent. */
struct tone_player {
    const struct tone *tone;
    /* What comes after the present frame, when `change` is set. */
    const struct tone *next;
    uint32_t phases[TONES_PARTIALS];
    uint16_t frame;
    uint8_t step;
    uint8_t round;
    bool change;
    bool next_once;
    bool once;
};

/* Plays a tone in place of the present one; null for none. `once`: one round of its cadence only. */
void tone_play(struct tone_player *player, const struct tone *tone, bool once);

/* Whether there is anything to play, pauses of a cadence included. */
static inline bool tone_playing(const struct tone_player *player) {
    return player->tone || player->change;
}

/* Makes the next frame; false, and nothing written, when it is silent. */
bool tone_frame(struct tone_player *player, int16_t frame[PIPELINE_FRAME]);

#endif
