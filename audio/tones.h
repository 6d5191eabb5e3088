/*
 * Tones and rings, made by rule from frequencies, levels and cadences. Nothing clicks: each sound begins and ends with
 * a ramp of 5 ms, and one that is replaced ends before the next begins. A ring may sound as a file does.
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
    /* Peak of each frequency; the step is a pause where the first is 0. */
    uint16_t peaks[TONES_PARTIALS];
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

/* By the E.164 code of a country and SCCP tone id; null for silence and unknown ids. What a network does not have of
 * its own sounds as in the US. */
const struct tone *tone_by_id(uint32_t country, uint32_t id);

/* The country's own tone; null where it has none (tone_locales.c). */
const struct tone *tone_of_country(uint32_t country, uint32_t id);

/* Sound of a key by its RFC 4733 event 0-15; null for others. */
const struct tone *tone_by_event(uint32_t event);

/* Cadence by SCCP ringer mode; null for off, silent and unknown modes. */
const struct tone *tone_by_ringer(uint32_t mode);

/* Sounds of the bell that are made by rule. */
#define TONE_BELLS 4

/* What sounds when it rings: `bell` counts from 0, a larger number is the first. Only frequencies, peaks and warble
 * count. */
const struct tone_step *tone_bell(uint32_t bell);

/* Samples of a ring file (Cisco: raw mu-law at 8 kHz) that there is room for: what fills whole ticks. */
#define TONE_FILE_MOST (205 * PIPELINE_FRAME)

/* The code of silence (G.711 table 2b), with which the last tick of a ring file is filled up. */
#define TONE_FILE_SILENCE 0xFF

/* Ticks by which a ring may be longer than the burst that it sounds in, and is heard to its end. */
#define TONE_FILE_OVER 5u

/* Whether so many octets can be a ring: whole ticks of sound, as many as there is room for. */
bool tone_file_fits(uint32_t octets);

/* What plays one tone at a time. All zero is silent. */
struct tone_player {
    const struct tone *tone;
    /* What sounds in place of the steps' own sound: a bell or whole ticks of mu-law samples, which repeat. Null for
     * none. */
    const struct tone_step *bell;
    const uint8_t *codes;
    uint16_t codes_count;
    uint16_t code;
    /* What comes after the present frame, when `change` is set. */
    const struct tone *next;
    /* What comes after a signal that has been stopped, null for nothing. */
    const struct tone *after;
    uint32_t phases[TONES_PARTIALS];
    uint16_t frame;
    uint8_t step;
    uint8_t round;
    bool change;
    bool next_once;
    bool once;
    /* Signals, which stopping does not cut short: what sounds, what comes next and after. */
    bool signal;
    bool next_signal;
    bool after_signal;
    /* What sounds or comes next is a signal that is to end when its round has sounded. */
    bool stopped;
};

/* Whether a tone is a signal of something that has happened, such as call waiting or zip: servers stop it in the same
 * breath, and mean it to be heard all the same. */
bool tone_is_signal(uint32_t id);

/* Plays a tone in place of the present one; null for none. `once`: one round of its cadence only. A signal that has
 * been stopped is heard before another tone begins, but not before none. */
void tone_play(struct tone_player *player, const struct tone *tone, bool once, bool signal);

/* Ends what is played: at once, or when its round has sounded where that is a signal. */
void tone_stop(struct tone_player *player);

/* Frames that a step lasts: a ring of two seconds goes on for the few frames that a ring file is longer. 0: for ever.
 */
uint32_t tone_step_frames(const struct tone_player *player, const struct tone_step *step);

/* How long a ringer mode sounds when it rings once, in ms; 0 for silent ones. */
uint32_t tone_ring_length(const struct tone_player *player, uint32_t mode);

/* Whether there is anything to play, pauses of a cadence included. */
static inline bool tone_playing(const struct tone_player *player) {
    return player->tone || player->change;
}

/* Makes the next frame of 10 ms, with `samples` for each at 8 kHz: 1, or 2 at 16; false, and nothing written, when it
 * is silent. Without a frame its time goes by unheard. A tone goes on in its phase when the rate changes. */
bool tone_frame(struct tone_player *player, int16_t frame[PIPELINE_FRAME_MOST], uint32_t samples);

#endif
