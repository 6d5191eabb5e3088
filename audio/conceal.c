/*
 * Concealment by pitch repetition; see conceal.h.
 */
#include "conceal.h"
#include "gain.h"

#include <string.h>

#define SHORTEST 40
/* Samples compared in the search for the period. */
#define COMPARED 80
/* The first 10 ms sound as loud as before, then a fifth is lost every 10 ms. */
#define FULL 5
#define SILENT 6
/* Samples over which the seam at the beginning is smoothed: 4 ms. */
#define SEAM 32

/* Sum of the differences between the latest sound and that of one period before; every second sample. */
static uint32_t mismatch(const int16_t *past, uint32_t period) {
    const int16_t *late = past + CONCEAL_PAST - COMPARED;
    const int16_t *early = late - period;
    uint32_t sum = 0;

    for (uint32_t i = 0; i < COMPARED; i += 2) {
        int32_t difference = late[i] - early[i];

        sum += (uint32_t)(difference < 0 ? -difference : difference);
    }
    return sum;
}

static uint32_t find_period(const int16_t *past) {
    uint32_t best = SHORTEST, least = UINT32_MAX;

    for (uint32_t period = SHORTEST; period <= CONCEAL_PERIOD; period++) {
        uint32_t sum = mismatch(past, period);

        if (sum < least) {
            least = sum;
            best = period;
        }
    }
    return best;
}

void conceal_begin(struct conceal *conceal, const int16_t past[CONCEAL_PAST]) {
    const int16_t *end = past + CONCEAL_PAST;
    uint32_t length = find_period(past);
    uint32_t overlap = length / 4;

    memcpy(conceal->period, end - length, length * sizeof *past);
    /* The end of the period turns into what came before its beginning, so that it can be repeated without a seam. */
    for (uint32_t i = 0; i < overlap; i++) {
        int16_t *sample = conceal->period + length - overlap + i;
        int32_t before = end[(int32_t)i - (int32_t)length - (int32_t)overlap];

        *sample = (int16_t)(*sample + (before - *sample) * (int32_t)(i + 1) / (int32_t)(overlap + 1));
    }
    conceal->length = (uint16_t)length;
    conceal->position = 0;
    conceal->frames = 0;
    conceal->step = 2 * end[-1] - end[-2] - conceal->period[0];
    /* A seam larger than this is not a seam but the sound itself. */
    if (conceal->step > 8000 || conceal->step < -8000)
        conceal->step = end[-1] - conceal->period[0];
}

/* One sample of the endless period. */
static int16_t next(struct conceal *conceal) {
    int16_t sample = conceal->period[conceal->position];

    if (++conceal->position >= conceal->length)
        conceal->position = 0;
    return sample;
}

/* Loudness at the beginning of a frame of the gap, in fifths of 1/80. */
static int32_t loudness(uint32_t frames) {
    int32_t fifths = frames == 0 ? FULL : FULL + 1 - (int32_t)frames;

    return fifths < 0 ? 0 : fifths * PIPELINE_FRAME;
}

bool conceal_frame(struct conceal *conceal, int16_t frame[PIPELINE_FRAME]) {
    if (conceal->frames >= SILENT) {
        memset(frame, 0, PIPELINE_FRAME * sizeof *frame);
        return false;
    }

    int32_t from = loudness(conceal->frames);
    int32_t slope = (loudness(conceal->frames + 1u) - from) / PIPELINE_FRAME;

    for (int32_t i = 0; i < PIPELINE_FRAME; i++) {
        int32_t sample = next(conceal);

        if (conceal->frames == 0 && i < SEAM)
            sample += conceal->step * (SEAM - i) / SEAM;
        frame[i] = gain_saturate(sample * (from + slope * i) / (FULL * PIPELINE_FRAME));
    }
    conceal->frames++;
    return true;
}

void conceal_end(struct conceal *conceal, int16_t frame[PIPELINE_FRAME]) {
    int32_t level = loudness(conceal->frames);
    /* The longer the gap, the longer the fade: 4 ms and 2 ms more for each further frame, at most 10 ms. */
    int32_t length = 32 + 16 * (conceal->frames - 1);

    if (length > PIPELINE_FRAME)
        length = PIPELINE_FRAME;
    for (int32_t i = 0; i < length; i++) {
        int32_t made = next(conceal) * level / (FULL * PIPELINE_FRAME);

        frame[i] = (int16_t)(made + (frame[i] - made) * i / length);
    }
    conceal->frames = 0;
}
