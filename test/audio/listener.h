/*
 * What plays the packets of a call that came over a network trace: the pipeline, and what it is measured beside. All
 * take mu-law packets of one size and give a frame of sound every 10 ms.
 */
#ifndef LINNET_TEST_LISTENER_H
#define LINNET_TEST_LISTENER_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

/* Timestamps count from the first packet's. A call has less of them. */
#define LISTENER_SAMPLES (1 << 22)

enum heard {
    HEARD_NOTHING, /* no packet has come yet */
    HEARD_SOUND,
    HEARD_CONCEALED /* nothing came of at least half of it, whatever was made instead */
};

struct listener {
    const char *name;
    /* Begins a call with so many samples in a packet; false when that cannot be. */
    bool (*open)(const struct listener *listener, uint32_t samples);
    /* A packet has come since the last frame; false when it has to come once more with the next one. */
    bool (*take)(const struct listener *listener, uint32_t packet, const uint8_t *codes);
    /* The next frame, and the timestamp of its first sample. */
    enum heard (*frame)(const struct listener *listener, int16_t sound[PIPELINE_FRAME], int32_t *timestamp);
    /* Times that the delay was changed in this call. */
    uint32_t (*adaptations)(const struct listener *listener);
    /* Milliseconds of a buffer that has a fixed delay. */
    uint32_t depth;
};

/* The pipeline of this tree. */
extern const struct listener listener_linnet;
/* Play each packet a fixed time after the first one came; what is missing is concealed by spandsp (its plc.h, after
 * ITU-T G.711 appendix I). */
extern const struct listener listener_fixed_60;
extern const struct listener listener_fixed_120;
/* The adaptive jitter buffer of SpeexDSP (speex_jitter.h), concealed likewise. */
extern const struct listener listener_speex;

#endif
