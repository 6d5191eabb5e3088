/*
 * Comfort noise; see noise.h.
 */
#include "noise.h"
#include "gain.h"

#include <string.h>

/* A square wave of 0 dBov in mu-law is 32124 (RFC 3389 section 3). Noise that is spread evenly up to a value has that
 * value divided by the square root of 3 as its effective one: 32124 * sqrt(3) * 10^(-level / 20), for the first 20 dB.
 */
static const uint16_t sizes[20] = {55641, 49589, 44196, 39390, 35106, 31289, 27886, 24854, 22151, 19742,
                                   17595, 15681, 13976, 12456, 11102, 9894,  8818,  7859,  7005,  6243};

/* Coefficients are octets about this one (RFC 3389 section 3.2), and this one is reserved. */
#define FLAT 127
#define RESERVED 255
/* What goes through the filter is kept within these, so that products fit 32 bits. */
#define SIGNAL_MOST (1 << 18)

/* Square root of a number in 1/32768. */
static uint32_t root(uint32_t value) {
    uint32_t found = 0;

    value <<= 15;
    for (uint32_t bit = 1u << 15; bit > 0; bit >>= 1) {
        if ((found + bit) * (found + bit) <= value)
            found += bit;
    }
    return found;
}

void noise_describe(struct noise *noise, uint32_t timestamp, const uint8_t *payload, uint32_t length) {
    uint32_t level = length > 0 ? payload[0] & 0x7Fu : 127;
    uint32_t divisor = 1, rest = 32768, order = 0;

    for (; level >= 20; level -= 20)
        divisor *= 10;
    for (uint32_t i = 0; i < NOISE_ORDER && i + 1 < length && payload[i + 1] != RESERVED; i++) {
        /* 258 (octet - 127) / 32768, in 1/4096. */
        int32_t reflection = (payload[i + 1] - FLAT) * 258 / 8;

        noise->reflection[i] = (int16_t)reflection;
        if (reflection == 0)
            continue;
        order = i + 1;
        /* A stage makes the sound louder by 1 / (1 - k^2): the excitation is to be fainter by that. */
        rest = (rest * ((uint32_t)(4096 * 4096 - reflection * reflection) >> 9)) >> 15;
    }
    if (order > noise->order)
        memset(noise->backward + noise->order, 0, (order - noise->order) * sizeof *noise->backward);
    noise->order = (uint8_t)order;
    noise->size_asked = ((sizes[level] + divisor / 2) / divisor * root(rest)) >> 9;
    noise->from = timestamp;
    noise->known = true;
}

static int32_t limited(int32_t signal) {
    return signal > SIGNAL_MOST ? SIGNAL_MOST : signal < -SIGNAL_MOST ? -SIGNAL_MOST : signal;
}

/* One sample through the lattice of 1 / A(z), A being built up from reflection coefficients as the inverse of A(z) =
 * 1 + k1 / z: a negative first one makes the noise dull. */
static int32_t shape(struct noise *noise, int32_t forward) {
    for (uint32_t i = noise->order; i-- > 0;) {
        int32_t k = noise->reflection[i], backward = noise->backward[i];

        forward = limited(forward - ((k * backward + 2048) >> 12));
        if (i + 1 < noise->order)
            noise->backward[i + 1] = limited(backward + ((k * forward + 2048) >> 12));
    }
    noise->backward[0] = forward;
    return forward;
}

void noise_add(struct noise *noise, int16_t *samples, uint32_t count) {
    /* In 1/256, so that the way from one level to the other is smooth. */
    int32_t size = (int32_t)noise->size * 4;
    int32_t step = ((int32_t)noise->size_asked - (int32_t)noise->size) * 4 / (int32_t)count;

    for (uint32_t i = 0; i < count; i++) {
        noise->random = noise->random * 1664525u + 1013904223u;
        size += step;

        int32_t sample = (int32_t)noise->random >> 17;

        if (noise->order > 0)
            sample = (shape(noise, (sample >> 2) * (size >> 6) >> 12) + 2) >> 2;
        else
            sample = sample * (size >> 8) >> 14;
        samples[i] = gain_saturate(samples[i] + sample);
    }
    noise->size = noise->size_asked;
}
