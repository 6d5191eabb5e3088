/*
 * Scripted calls that need nothing but the pipeline: the same input wherever they run, so that what comes out of the
 * pipeline can be compared to the bit between machines, and counted.
 */
#ifndef LINNET_TEST_SCRIPT_H
#define LINNET_TEST_SCRIPT_H

#include "pipeline.h"

enum script_kind {
    SCRIPT_PLAIN,    /* one G.711 call with packets of 20 ms, looped back */
    SCRIPT_BOARD,    /* the same as a board makes it in a handset: sidetone, 3 dB louder, silence suppression */
    SCRIPT_WIDE,     /* the same of G.722 */
    SCRIPT_LOSSY,    /* the plain one over a network that loses and delays: concealment, stretching, shortening */
    SCRIPT_HOSTILE,  /* the board's call with a peer that means harm: other codecs in turns, floods, bursts, nonsense */
    SCRIPT_EVENTFUL, /* both streams, both laws, loss, jitter, duplicates, noise for packets, tones, rings, keys,
                       pauses, routes */
    SCRIPT_MIXED     /* the same with G.722 in one of the streams, and the rate turned now and then */
};

struct script {
    struct pipeline pipeline;
    enum script_kind kind;
    uint32_t random;
    uint32_t tick;
    /* Of the hostile peer's next packet. */
    uint32_t sent_timestamp;
    uint16_t sent_sequence;
    /* FNV-1a over all that came out: speaker frames and packets. */
    uint32_t digest;
};

void script_start(struct script *script, enum script_kind kind);
/* Before a tick: does what the script has for it and makes the microphone frame. */
void script_before(struct script *script, int16_t mic[PIPELINE_FRAME_MOST]);
/* After it: takes the speaker frame and the packets sent, which come back as received. */
void script_after(struct script *script, const int16_t speaker[PIPELINE_FRAME_MOST]);
/* The digest with the counters of both streams in it. */
uint32_t script_digest(const struct script *script);

#endif
