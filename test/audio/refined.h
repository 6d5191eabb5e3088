/*
 * What a handset's microphone may go through by itself: the same samples wherever it runs, and what they cost.
 */
#ifndef LINNET_TEST_REFINED_H
#define LINNET_TEST_REFINED_H

#include <stdint.h>

/* Frames of 10 ms. */
#define REFINED_FRAMES 1000

struct refined {
    /* FNV-1a over all samples. */
    uint32_t digest;
    /* Of all frames, in what `counter` counts. */
    uint32_t count;
};

/* Level control of frames at 8 or, with 2 samples for each of those, 16 kHz; `counter` is read before and after each.
 */
struct refined refined_level(uint32_t samples, uint32_t (*counter)(void));

/* Noise suppression; the digest is 0 where there is none. */
struct refined refined_denoise(uint32_t samples, uint32_t (*counter)(void));

#endif
