/*
 * Comfort noise (RFC 3389) for payload type 13 and for 19, which Cisco's devices used before it: as loud as the sender
 * says, and of the spectrum that it describes, if it does.
 */
#ifndef LINNET_NOISE_H
#define LINNET_NOISE_H

#include <stdbool.h>
#include <stdint.h>

/* Reflection coefficients that are used of those a packet has. Fewer make a smoother spectrum, not a wrong one. */
#define NOISE_ORDER 6

struct noise {
    /* Timestamp from which silence is to sound like this; `known` once a packet has come. */
    uint32_t from;
    uint32_t random;
    /* Size of the samples that excite the filter, asked for and made last: greatest value in 1/64. */
    uint32_t size_asked;
    uint32_t size;
    /* The all-pole filter's reflection coefficients in 1/4096, and the backward signals between its stages, in a
     * quarter of a sample's unit. */
    int16_t reflection[NOISE_ORDER];
    int32_t backward[NOISE_ORDER];
    /* Samples left in which it takes over from the sound before. */
    uint16_t entry;
    /* Stages in use: 0 is white noise. */
    uint8_t order;
    bool known;
    bool sounds;
};

/* Takes a packet's payload: the first octet is the level, 0 to 127 for 0 to -127 dBov, the others the spectrum. */
void noise_describe(struct noise *noise, uint32_t timestamp, const uint8_t *payload, uint32_t length);

/* Adds noise to samples, so many as are there; its level goes to the one asked for within these. */
void noise_add(struct noise *noise, int16_t *samples, uint32_t count);

#endif
