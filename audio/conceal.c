/*
 * Concealment by pitch repetition; see conceal.h.
 */
#include "conceal.h"
#include "gain.h"

#include <string.h>

/* Lengths in units of 1/8000 s. What is compared in the search for the period. */
#define COMPARED 160
/* Over this the seam at the beginning is smoothed: 4 ms. */
#define SEAM 32
/* The fade back takes a quarter of the period and so much for each further frame missing. */
#define MERGE_STEP 32
/* Over this sound is faded in after silence. */
#define MERGE_SILENCE 32
/* Loudness in 1/32768 lost with every unit after the first frame: a fifth in 80. */
#define FADE 82

/* The end of the past. */
#define END(conceal) ((conceal)->past + CONCEAL_PAST * CODEC_SAMPLES_MOST)

/* Makes so many samples at the end of the past repeatable: their end turns into what came before their beginning. */
static void repeat(struct conceal *conceal, uint32_t length) {
    uint32_t overlap = conceal->overlap;
    int16_t *end = END(conceal);

    period_fade(end - overlap, conceal->tail, end - length - overlap, overlap);
    conceal->length = (uint16_t)length;
}

void conceal_begin(struct conceal *conceal, const int16_t *end, uint32_t known, uint32_t samples) {
    uint32_t needed = CONCEAL_PAST * samples;
    int16_t *past = END(conceal);

    conceal->samples = (uint8_t)samples;
    if (known == 0) {
        conceal_silence(conceal);
        return;
    }
    if (known > needed)
        known = needed;
    memcpy(past - known, end - known, known * sizeof *past);
    memset(past - needed, 0, (needed - known) * sizeof *past);

    uint32_t period =
        samples * period_find(past - COMPARED * samples, COMPARED, PERIOD_LEAST, PERIOD_MOST, false, samples).lag;
    int32_t last = past[-1], climb = last - past[-2];

    conceal->state = CONCEAL_GAP;
    conceal->period = (uint8_t)period;
    conceal->overlap = (uint8_t)(period / 4);
    conceal->position = 0;
    conceal->made = 0;
    conceal->blend = 0;
    memcpy(conceal->tail, past - conceal->overlap, conceal->overlap * sizeof *past);
    repeat(conceal, period);
    conceal->step = last + climb - *(past - period);
    /* A seam larger than this is not a seam but the sound itself. */
    if (conceal->step > 8000 || conceal->step < -8000)
        conceal->step = last - *(past - period);
}

void conceal_silence(struct conceal *conceal) {
    conceal->state = CONCEAL_GAP;
    conceal->made = CONCEAL_SILENT * CODEC_SAMPLES_MOST;
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
    int32_t sample = *(END(conceal) - length + *position);

    *position = *position + 1u < length ? (uint16_t)(*position + 1) : 0;
    return sample;
}

/* One sample of the gap. */
static int32_t make(struct conceal *conceal) {
    uint32_t made = conceal->made, frame = PIPELINE_FRAME * conceal->samples, seam = SEAM * conceal->samples;

    if (made >= CONCEAL_SILENT * conceal->samples)
        return 0;
    if (made == frame || made == 2 * frame)
        lengthen(conceal);

    int32_t sample = next(conceal, conceal->length, &conceal->position);

    if (conceal->blend > 0) {
        int32_t before = next(conceal, conceal->length_before, &conceal->position_before);

        sample += (before - sample) * conceal->blend / (conceal->overlap + 1);
        conceal->blend--;
    }
    if (made < seam)
        sample += conceal->step * (int32_t)(seam - made) / (int32_t)seam;
    conceal->made++;
    if (made >= frame)
        sample =
            (int32_t)(sample * (int32_t)((CONCEAL_SILENT * conceal->samples - made) * FADE / conceal->samples)) >> 15;
    return gain_saturate(sample);
}

void conceal_make(struct conceal *conceal, int16_t *samples, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        samples[i] = (int16_t)make(conceal);
}

static uint16_t merge_length(const struct conceal *conceal) {
    if (conceal->made >= CONCEAL_SILENT * conceal->samples)
        return (uint16_t)(MERGE_SILENCE * conceal->samples);

    uint32_t frames = 0, frame = PIPELINE_FRAME * conceal->samples;

    for (uint32_t made = conceal->made; made > frame; made -= frame)
        frames++;

    uint32_t length = conceal->overlap + frames * MERGE_STEP * conceal->samples;

    return (uint16_t)(length < frame ? length : frame);
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
