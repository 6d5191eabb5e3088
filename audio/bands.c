/*
 * Two halves of a band; see bands.h. The upper one is all that is not the lower one, so that nothing is lost of a sound
 * that the canceller leaves alone: it comes back as it was, 3 ms late.
 */
#include "bands.h"
#include "gain.h"

#include <string.h>

/* A loudspeaker frame sounds from a mean of so much on, and its echo in the room for so many frames. */
#define SOUNDS 48
#define ECHO_FRAMES 25
/* The upper band with the loudspeaker's echo in it: -24 dB. */
#define GAIN_ECHO (GAIN_UNITY / 16)

void bands_reset(struct bands *bands) {
    memset(bands, 0, sizeof *bands);
    bands->echo = ECHO_FRAMES;
    bands->gain = GAIN_ECHO;
}

void bands_play(struct bands *bands, const int16_t speaker[PIPELINE_FRAME_MOST], int16_t low[PIPELINE_FRAME]) {
    uint32_t sum = 0;

    for (uint32_t i = 0; i < PIPELINE_FRAME_MOST; i++) {
        int32_t sample = speaker[i];

        sum += (uint32_t)(sample < 0 ? -sample : sample);
    }
    if (sum >= SOUNDS * PIPELINE_FRAME_MOST)
        bands->echo = ECHO_FRAMES;
    else if (bands->echo > 0)
        bands->echo--;
    halfband_halve(&bands->speaker, speaker, low);
}

void bands_part(struct bands *bands, const int16_t microphone[PIPELINE_FRAME_MOST], int16_t low[PIPELINE_FRAME]) {
    halfband_halve(&bands->microphone, microphone, low);
}

void bands_join(struct bands *bands, const int16_t microphone[PIPELINE_FRAME_MOST], const int16_t low[PIPELINE_FRAME],
                const int16_t clean[PIPELINE_FRAME], int16_t joined[PIPELINE_FRAME_MOST]) {
    int32_t to = bands->echo > 0 ? GAIN_ECHO : GAIN_UNITY, slope = (to - bands->gain) * 256 / PIPELINE_FRAME;
    int32_t begin = bands->gain * 256;
    int16_t change[PIPELINE_FRAME];

    /* The lower band is taken out of the microphone and the clean one put in, both at once: one filter for two. */
    for (int32_t i = 0; i < PIPELINE_FRAME; i++)
        change[i] = gain_saturate(clean[i] - (low[i] * ((begin + slope * i) >> 8) >> GAIN_BITS));
    halfband_double(&bands->clean, change, joined);
    for (int32_t i = 0; i < PIPELINE_FRAME_MOST; i++) {
        int32_t sample = i < BANDS_DELAY ? bands->late[i] : microphone[i - BANDS_DELAY];

        joined[i] = gain_saturate(joined[i] + (sample * ((begin + slope * (i / 2)) >> 8) >> GAIN_BITS));
    }
    memcpy(bands->late, microphone + PIPELINE_FRAME_MOST - BANDS_DELAY, sizeof bands->late);
    bands->gain = (int16_t)to;
}
