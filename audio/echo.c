/*
 * The canceller's slot, see echo.h: SpeexDSP's adaptive filter (multidelay block frequency domain) with its residual
 * echo suppression when the build has SpeexDSP (speexdsp.h); nothing otherwise.
 */
#include "echo.h"
#include "speexdsp.h"

#include <stddef.h>

#ifdef LINNET_SPEEXDSP

#include <speex/speex_echo.h>
#include <speex/speex_preprocess.h>
#include <stdlib.h>
#include <string.h>

#define RATE 8000
/* Length of echo that is cancelled behind the delay: 128 ms. */
#define TAIL 1024
/* Frames of silence after which the filter holds nothing any more of what was played. */
#define FLUSH 14
/* Those of them after which the suppression, which overlaps its frames, holds no sound any more either. */
#define FLUSH_RESIDUAL 3
/* Suppression of what the filter leaves, in dB: while only the far end talks, and while both do. It works only together
 * with the reduction of steady noise. */
#define SUPPRESS (-40)
#define SUPPRESS_BOTH (-6)

struct echo {
    SpeexEchoState *filter;
    SpeexPreprocessState *residual;
    uint32_t delay;
    uint32_t next;
    int16_t played[ECHO_DELAY_MOST][PIPELINE_FRAME];
};

struct echo *echo_open(uint32_t delay) {
    struct echo *echo = calloc(1, sizeof *echo);
    int rate = RATE, suppress = SUPPRESS, both = SUPPRESS_BOTH, on = 1;

    if (!echo)
        return NULL;
    echo->delay = delay < 1 ? 1 : delay < ECHO_DELAY_MOST ? delay : ECHO_DELAY_MOST;
    echo->filter = speex_echo_state_init(PIPELINE_FRAME, TAIL);
    echo->residual = speex_preprocess_state_init(PIPELINE_FRAME, RATE);
    if (!echo->filter || !echo->residual) {
        echo_close(echo);
        return NULL;
    }
    speex_echo_ctl(echo->filter, SPEEX_ECHO_SET_SAMPLING_RATE, &rate);
    speex_preprocess_ctl(echo->residual, SPEEX_PREPROCESS_SET_ECHO_STATE, echo->filter);
    speex_preprocess_ctl(echo->residual, SPEEX_PREPROCESS_SET_DENOISE, &on);
    speex_preprocess_ctl(echo->residual, SPEEX_PREPROCESS_SET_ECHO_SUPPRESS, &suppress);
    speex_preprocess_ctl(echo->residual, SPEEX_PREPROCESS_SET_ECHO_SUPPRESS_ACTIVE, &both);
    return echo;
}

void echo_close(struct echo *echo) {
    if (!echo)
        return;
    if (echo->residual)
        speex_preprocess_state_destroy(echo->residual);
    if (echo->filter)
        speex_echo_state_destroy(echo->filter);
    free(echo);
}

void echo_begin(struct echo *echo) {
    int16_t silence[PIPELINE_FRAME] = {0}, clean[PIPELINE_FRAME];

    memset(echo->played, 0, sizeof echo->played);
    for (uint32_t i = 0; i < FLUSH; i++) {
        speex_echo_cancellation(echo->filter, silence, silence, clean);
        if (i >= FLUSH - FLUSH_RESIDUAL)
            speex_preprocess_run(echo->residual, clean);
    }
    echo->next = 0;
}

void echo_play(struct echo *echo, const int16_t speaker[PIPELINE_FRAME]) {
    memcpy(echo->played[echo->next], speaker, sizeof echo->played[0]);
    echo->next = (echo->next + 1) % ECHO_DELAY_MOST;
}

void echo_cancel(struct echo *echo, const int16_t mic[PIPELINE_FRAME], int16_t clean[PIPELINE_FRAME]) {
    uint32_t heard = (echo->next + ECHO_DELAY_MOST - echo->delay) % ECHO_DELAY_MOST;

    speex_echo_cancellation(echo->filter, mic, echo->played[heard], clean);
    speex_preprocess_run(echo->residual, clean);
}

#else

struct echo *echo_open(uint32_t delay) {
    (void)delay;
    return NULL;
}

void echo_close(struct echo *echo) {
    (void)echo;
}

void echo_begin(struct echo *echo) {
    (void)echo;
}

void echo_play(struct echo *echo, const int16_t speaker[PIPELINE_FRAME]) {
    (void)echo;
    (void)speaker;
}

void echo_cancel(struct echo *echo, const int16_t mic[PIPELINE_FRAME], int16_t clean[PIPELINE_FRAME]) {
    (void)echo;
    for (uint32_t i = 0; i < PIPELINE_FRAME; i++)
        clean[i] = mic[i];
}

#endif
