/*
 * Fuzzes G.722 with samples and octets of any kind: its state must stay within what its arithmetic takes for granted,
 * in 16 bits, and a decoder that is given what an encoder made must predict what that one does.
 */
#include "codec.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Samples and codes of a piece. */
#define CODES 100

static void within(int32_t value, int32_t most) {
    if (value > most || value < -most)
        abort();
}

static void check(const struct g722_band *band, int32_t logarithm, int32_t difference) {
    if (band->logarithm < 0 || band->logarithm > logarithm || band->scale < 8 || band->scale > 16384)
        abort();
    within(band->poles[1], 12288);
    within(band->poles[0], 15360 - band->poles[1]);
    for (uint32_t i = 0; i < 2; i++)
        if (band->signs[i] != 0 && band->signs[i] != -1)
            abort();
    for (uint32_t i = 0; i < G722_ZEROS; i++)
        within(band->differences[i], difference);
}

static void check_all(const union codec_state *state) {
    check(&state->g722.low, 18432, 10228);
    check(&state->g722.high, 22528, 3704);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    union codec_state encoder, decoder, free_decoder;
    int16_t samples[2 * CODES], sound[2 * CODES];
    uint8_t codes[CODES];

    g722_codec.reset(&encoder);
    g722_codec.reset(&decoder);
    g722_codec.reset(&free_decoder);
    while (size > 1) {
        /* The first octet says how many codes, and whether the samples are loud: then each sample is but an octet. */
        uint32_t count = data[0] % CODES + 1u, loud = data[0] & 0x80, width = loud ? 1 : 2;

        data++;
        size--;
        if (count * 2 * width > size)
            count = (uint32_t)(size / (2 * width));
        for (uint32_t i = 0; i < 2 * count; i++)
            samples[i] = (int16_t)(loud ? (data[i] & 1 ? 32767 : -32768) : data[2 * i] | data[2 * i + 1] << 8);
        g722_codec.encode(&encoder, samples, codes, count);
        g722_codec.decode(&decoder, codes, sound, count);
        g722_codec.decode(&free_decoder, data, sound, count);
        check_all(&encoder);
        check_all(&decoder);
        check_all(&free_decoder);
        if (memcmp(&encoder.g722.low, &decoder.g722.low, sizeof encoder.g722.low) != 0 ||
            memcmp(&encoder.g722.high, &decoder.g722.high, sizeof encoder.g722.high) != 0)
            abort();
        if (count == 0)
            break;
        data += count * 2 * width;
        size -= count * 2 * width;
    }
    return 0;
}
