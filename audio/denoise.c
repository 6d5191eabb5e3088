/*
 * Noise suppression, see denoise.h: SpeexDSP's (Ephraim and Malah's estimator over critical bands, the noise followed
 * by its least values), a state for each rate, when the build has SpeexDSP; nothing otherwise.
 */
#include "denoise.h"
#include "speexdsp.h"

#include <stddef.h>

#ifdef LINNET_SPEEXDSP

#include <speex/speex_preprocess.h>
#include <stdlib.h>
#include <string.h>

#define RATE 8000
#define RATES 2
/* Noise is turned down by so many dB at most: more would make it warble. */
#define SUPPRESS (-18)

struct denoise {
    SpeexPreprocessState *states[RATES];
    uint32_t rates;
};

bool denoise_built(void) {
    return true;
}

struct denoise *denoise_open(bool wideband) {
    struct denoise *denoise = calloc(1, sizeof *denoise);
    int on = 1, suppress = SUPPRESS;

    if (!denoise)
        return NULL;
    denoise->rates = wideband ? RATES : 1;
    for (uint32_t i = 0; i < denoise->rates; i++) {
        int rate = (int)i + 1;
        SpeexPreprocessState *state = speex_preprocess_state_init(PIPELINE_FRAME * rate, RATE * rate);

        if (!state) {
            denoise_close(denoise);
            return NULL;
        }
        denoise->states[i] = state;
        speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_DENOISE, &on);
        speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_NOISE_SUPPRESS, &suppress);
    }
    return denoise;
}

void denoise_close(struct denoise *denoise) {
    if (!denoise)
        return;
    for (uint32_t i = 0; i < RATES; i++) {
        if (denoise->states[i])
            speex_preprocess_state_destroy(denoise->states[i]);
    }
    free(denoise);
}

void denoise_begin(struct denoise *denoise) {
    int16_t silence[PIPELINE_FRAME_MOST];

    /* Frames overlap: the second one ends what the sound before has left. So few go hardly into what is known of the
     * noise. */
    for (uint32_t i = 0; i < 2 * denoise->rates; i++) {
        memset(silence, 0, sizeof silence);
        denoise_frame(denoise, silence, i / 2 + 1);
    }
}

void denoise_frame(struct denoise *denoise, int16_t *frame, uint32_t samples) {
    if (samples <= denoise->rates)
        speex_preprocess_run(denoise->states[samples - 1], frame);
}

#else

bool denoise_built(void) {
    return false;
}

struct denoise *denoise_open(bool wideband) {
    (void)wideband;
    return NULL;
}

void denoise_close(struct denoise *denoise) {
    (void)denoise;
}

void denoise_begin(struct denoise *denoise) {
    (void)denoise;
}

void denoise_frame(struct denoise *denoise, int16_t *frame, uint32_t samples) {
    (void)denoise;
    (void)frame;
    (void)samples;
}

#endif
