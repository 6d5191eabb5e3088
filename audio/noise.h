/*
 * Comfort noise (RFC 3389) from the level that the sender names, for payload type 13 and for 19, which Cisco's devices
 * used before it. White; the spectrum that a packet may describe is left out.
 */
#ifndef LINNET_NOISE_H
#define LINNET_NOISE_H

#include <stdbool.h>
#include <stdint.h>

struct noise {
    /* Timestamp from which silence is to sound like this; `known` once a packet has come. */
    uint32_t from;
    uint32_t random;
    /* Samples left in which it takes over from the sound before. */
    uint16_t entry;
    /* Size of the samples asked for and of the last ones made: greatest value. */
    uint16_t size_asked;
    uint16_t size;
    bool known;
    bool sounds;
};

/* Takes a packet's payload: the first octet is the level, 0 to 127 for 0 to -127 dBov. */
void noise_describe(struct noise *noise, uint32_t timestamp, const uint8_t *payload, uint32_t length);

/* Adds noise to samples, so many as are there; its level goes to the one asked for within these. */
void noise_add(struct noise *noise, int16_t *samples, uint32_t count);

#endif
