/*
 * Voice switching for a loudspeaker without an echo canceller: while the far end is heard, the microphone is turned
 * down so far that nobody hears himself come back, and the loudspeaker a little while the user talks. Whoever talks has
 * the line; who is louder than the other's echo takes it. After ITU-T P.340, which calls it a hands-free terminal of
 * type 3.
 */
#ifndef LINNET_DUPLEX_H
#define LINNET_DUPLEX_H

#include <stdbool.h>
#include <stdint.h>

enum duplex_state {
    DUPLEX_IDLE, /* nobody talks: both ways are open */
    DUPLEX_HEARS,
    DUPLEX_TALKS
};

/* Levels are log2 of mean magnitudes in 1/256, so 43 are 1 dB. */
struct duplex {
    uint8_t state;
    /* Ticks that the state lasts when nobody talks any more. */
    uint8_t hold;
    /* Ticks in a row in which the user has been louder than the echo. */
    uint8_t louder;
    bool begun;
    /* Background of the microphone and of what is played. */
    int32_t mic_floor;
    int32_t play_floor;
    /* What was played of late, as the room still has it or is to have it; the loudest in a stretch of ticks as long as
     * sound may take to come, so far and in the one before, and the ticks of it that are over. */
    int32_t room;
    int32_t loudest;
    int32_t loudest_before;
    uint8_t room_ticks;
    /* The most that the microphone has of that, against what is played. */
    int32_t coupling;
    /* Gains at the end of the last frame; see gain.h. */
    int32_t mic_gain;
    int32_t play_gain;
};

/* Knows nothing of the room, and takes the coupling for as strong as may be. */
void duplex_reset(struct duplex *duplex);

/* Another call, or the loudspeaker again: what is known of the room stays. */
void duplex_begin(struct duplex *duplex);

/* Turns a microphone frame down as far as it has to be; before duplex_play of the same tick. */
void duplex_send(struct duplex *duplex, int16_t *mic, uint32_t count);

/* What the loudspeaker is to get in this tick, which is turned down while the user talks. */
void duplex_play(struct duplex *duplex, int16_t *speaker, uint32_t count);

#endif
