/*
 * Comfort noise; see noise.h.
 */
#include "noise.h"
#include "gain.h"

/* A square wave of 0 dBov in mu-law is 32124 (RFC 3389 section 3). Noise that is spread evenly up to a value has that
 * value divided by the square root of 3 as its effective one: 32124 * sqrt(3) * 10^(-level / 20), for the first 20 dB.
 */
static const uint16_t sizes[20] = {55641, 49589, 44196, 39390, 35106, 31289, 27886, 24854, 22151, 19742,
                                   17595, 15681, 13976, 12456, 11102, 9894,  8818,  7859,  7005,  6243};

void noise_describe(struct noise *noise, uint32_t timestamp, const uint8_t *payload, uint32_t length) {
    uint32_t level = length > 0 ? payload[0] & 0x7Fu : 127;
    uint32_t divisor = 1;

    for (; level >= 20; level -= 20)
        divisor *= 10;
    noise->size_asked = (uint16_t)((sizes[level] + divisor / 2) / divisor);
    noise->from = timestamp;
    noise->known = true;
}

void noise_add(struct noise *noise, int16_t *samples, uint32_t count) {
    /* In 1/256, so that the way from one level to the other is smooth. */
    int32_t size = noise->size * 256;
    int32_t step = (noise->size_asked - noise->size) * 256 / (int32_t)count;

    for (uint32_t i = 0; i < count; i++) {
        noise->random = noise->random * 1664525u + 1013904223u;
        size += step;

        int32_t sample = (int32_t)noise->random >> 17;

        samples[i] = gain_saturate(samples[i] + (sample * (size >> 8) >> 14));
    }
    noise->size = noise->size_asked;
}
