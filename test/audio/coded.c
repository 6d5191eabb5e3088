/*
 * The codec by itself; see coded.h.
 */
#include "coded.h"
#include "codec.h"

#include <stddef.h>

#define CODES 160
#define SAMPLES 320

static uint32_t random_bits;

/* Noise that swells and ebbs, half of it smooth, over a pulse of 125 Hz; now and then silence. */
static void make(uint32_t packet, int16_t samples[SAMPLES]) {
    int32_t loud = (int32_t)(packet % 50 < 25 ? packet % 25 : 25 - packet % 25), smooth = 0;

    for (uint32_t i = 0; i < SAMPLES; i++) {
        random_bits = random_bits * 1664525u + 1013904223u;

        int32_t noise = (int32_t)(random_bits >> 18) - 8192;

        smooth += (noise - smooth) / 4;
        samples[i] = (int16_t)((noise / 2 + smooth + (int32_t)(128 - i % 128) * 150) * loud / 25);
    }
}

static uint32_t digest(uint32_t hash, uint32_t value) {
    return (hash ^ value) * 16777619u;
}

struct coded coded_g722(uint32_t (*counter)(void)) {
    static union codec_state encoder, decoder;
    static int16_t samples[SAMPLES], decoded[SAMPLES];
    static uint8_t codes[CODES];
    struct coded result = {.digest = 2166136261u};

    random_bits = 1;
    g722_codec.reset(&encoder);
    g722_codec.reset(&decoder);
    for (uint32_t packet = 0; packet < CODED_PACKETS; packet++) {
        make(packet, samples);

        uint32_t begin = counter();

        g722_codec.encode(&encoder, samples, codes, CODES);

        uint32_t middle = counter();

        g722_codec.decode(&decoder, codes, decoded, CODES);
        result.decoding += counter() - middle;
        result.encoding += middle - begin;
        for (uint32_t i = 0; i < CODES; i++)
            result.digest = digest(result.digest, codes[i]);
        for (uint32_t i = 0; i < SAMPLES; i++)
            result.digest = digest(result.digest, (uint16_t)decoded[i]);
    }
    return result;
}
