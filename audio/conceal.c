/*
 * Concealment by pitch repetition; see conceal.h.
 */
#include "conceal.h"
#include "gain.h"

#include <string.h>

/* Samples compared in the search for the period. */
#define COMPARED 160
/* Samples over which the seam at the beginning is smoothed: 4 ms. */
#define SEAM 32
/* The fade back takes a quarter of the period and so many samples for each further frame missing. */
#define MERGE_STEP 32
/* Samples over which sound is faded in after silence. */
#define MERGE_SILENCE 32
/* Loudness in 1/32768 lost with every sample after the first frame: a fifth in 80. */
#define FADE 82

/* Makes so many samples at the end of the past repeatable: their end turns into what came before their beginning. */
static void repeat(struct conceal *conceal, uint32_t length) {
    uint32_t overlap = conceal->overlap;
    int16_t *end = conceal->past + CONCEAL_PAST;

    period_fade(end - overlap, conceal->tail, end - length - overlap, overlap);
    conceal->length = (uint16_t)length;
}

void conceal_begin(struct conceal *conceal) {
    int16_t *end = conceal->past + CONCEAL_PAST;
    uint32_t period = period_find(end - COMPARED, COMPARED, PERIOD_LEAST, PERIOD_MOST, false).lag;
    int32_t last = end[-1], climb = last - end[-2];

    conceal->state = CONCEAL_GAP;
    conceal->period = (uint8_t)period;
    conceal->overlap = (uint8_t)(period / 4);
    conceal->position = 0;
    conceal->made = 0;
    conceal->blend = 0;
    memcpy(conceal->tail, end - conceal->overlap, conceal->overlap * sizeof *end);
    repeat(conceal, period);
    conceal->step = last + climb - conceal->past[CONCEAL_PAST - period];
    /* A seam larger than this is not a seam but the sound itself. */
    if (conceal->step > 8000 || conceal->step < -8000)
        conceal->step = last - conceal->past[CONCEAL_PAST - period];
}

void conceal_silence(struct conceal *conceal) {
    conceal->state = CONCEAL_GAP;
    conceal->made = CONCEAL_SILENT;
    conceal->overlap = 0;
}

/* One more period is repeated from now on; the phase stays. */
static void lengthen(struct conceal *conceal) {
    conceal->length_before = conceal->length;
    conceal->position_before = conceal->position;
    conceal->blend = conceal->overlap;
    while (conceal->position >= conceal->period)
        conceal->position -= conceal->period;
    repeat(conceal, conceal->length + conceal->period);
}

/* One sample of the endless repetition of the last `length` samples. */
static int32_t next(const struct conceal *conceal, uint32_t length, uint16_t *position) {
    int32_t sample = conceal->past[CONCEAL_PAST - length + *position];

    *position = *position + 1u < length ? (uint16_t)(*position + 1) : 0;
    return sample;
}

/* One sample of the gap. */
static int32_t make(struct conceal *conceal) {
    uint32_t made = conceal->made;

    if (made >= CONCEAL_SILENT)
        return 0;
    if (made == PIPELINE_FRAME || made == 2 * PIPELINE_FRAME)
        lengthen(conceal);

    int32_t sample = next(conceal, conceal->length, &conceal->position);

    if (conceal->blend > 0) {
        int32_t before = next(conceal, conceal->length_before, &conceal->position_before);

        sample += (before - sample) * conceal->blend / (conceal->overlap + 1);
        conceal->blend--;
    }
    if (made < SEAM)
        sample += conceal->step * (int32_t)(SEAM - made) / SEAM;
    conceal->made++;
    if (made >= PIPELINE_FRAME)
        sample = (int32_t)(sample * (int32_t)((CONCEAL_SILENT - made) * FADE)) >> 15;
    return gain_saturate(sample);
}

void conceal_make(struct conceal *conceal, int16_t *samples, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        samples[i] = (int16_t)make(conceal);
}

static uint16_t merge_length(const struct conceal *conceal) {
    if (conceal->made >= CONCEAL_SILENT)
        return MERGE_SILENCE;

    uint32_t frames = 0;

    for (uint32_t made = conceal->made; made > PIPELINE_FRAME; made -= PIPELINE_FRAME)
        frames++;

    uint32_t length = conceal->overlap + frames * MERGE_STEP;

    return (uint16_t)(length < PIPELINE_FRAME ? length : PIPELINE_FRAME);
}

void conceal_merge(struct conceal *conceal, int16_t *samples, uint32_t count) {
    if (conceal->state == CONCEAL_GAP) {
        conceal->state = CONCEAL_MERGING;
        conceal->merge = merge_length(conceal);
        conceal->merged = 0;
    }
    for (uint32_t i = 0; i < count && conceal->merged < conceal->merge; i++) {
        int32_t made = make(conceal);

        conceal->merged++;
        samples[i] = (int16_t)(made + (samples[i] - made) * conceal->merged / (conceal->merge + 1));
    }
    if (conceal->merged >= conceal->merge)
        conceal->state = CONCEAL_IDLE;
}
