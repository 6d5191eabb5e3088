/*
 * Concealment by pitch repetition; see conceal.h.
 */
#include "conceal.h"
#include "gain.h"

#include <string.h>

/* Lengths in units of 1/8000 s. What is compared in the search for the period. */
#define COMPARED 80
/* Over this the seam at the beginning is smoothed: 4 ms. A power of two. */
#define SEAM_BITS 5
#define SEAM (1 << SEAM_BITS)
/* The fade back takes a quarter of the period and so much for each further frame missing. */
#define MERGE_STEP 32
/* Over this sound is faded in after silence. */
#define MERGE_SILENCE 32
/* The fade begins after so much. */
#define FADE_FROM 80
/* Loudness in 1/32768 lost with every unit from there on. */
#define FADE (32768 / (CONCEAL_SILENT - FADE_FROM))
/* What leads to sound behind a gap is shifted by so much, and by so small a part of the gap, at most; it fades into
 * that sound over so much. */
#define SHIFT_MOST 20
#define SHIFT_PART 8
#define MATCHED 40
#define JOIN 20

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
    conceal->blending = (int16_t)(32768 / (conceal->overlap + 1));
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

/* One sample of the gap, where it has a seam or goes over to a longer repetition. */
static int16_t make(struct conceal *conceal, uint32_t seam) {
    int32_t sample = next(conceal, conceal->length, &conceal->position);

    if (conceal->blend > 0) {
        int32_t before = next(conceal, conceal->length_before, &conceal->position_before);

        sample += ((before - sample) / 2 * (conceal->blend * conceal->blending)) >> 14;
        conceal->blend--;
    }
    if (conceal->made < seam)
        sample += (conceal->step * (int32_t)(seam - conceal->made)) >> (SEAM_BITS + conceal->samples - 1);
    return gain_saturate(sample);
}

void conceal_make(struct conceal *conceal, int16_t *samples, uint32_t count) {
    const uint32_t scale = conceal->samples, frame = PIPELINE_FRAME * scale, seam = SEAM * scale;
    const uint32_t silent = CONCEAL_SILENT * scale, fade = FADE_FROM * scale;

    for (uint32_t run; count > 0; count -= run, samples += run) {
        uint32_t made = conceal->made;

        if (made >= silent) {
            memset(samples, 0, count * sizeof *samples);
            return;
        }
        if (made == frame || made == 2 * frame)
            lengthen(conceal);
        run = 1;
        if (conceal->blend > 0 || made < seam) {
            samples[0] = make(conceal, seam);
        } else {
            uint32_t end = made < frame ? frame : made < 2 * frame ? 2 * frame : silent;
            const int16_t *from = END(conceal) - conceal->length + conceal->position;

            run = conceal->length - conceal->position;
            run = run < end - made ? run : end - made;
            run = run < count ? run : count;
            memcpy(samples, from, run * sizeof *samples);
            conceal->position += (uint16_t)run;
            if (conceal->position >= conceal->length)
                conceal->position = 0;
        }
        conceal->made += (uint16_t)run;
        if (made >= fade) {
            int32_t loudness = (int32_t)((silent - made) * FADE) >> (scale - 1), lost = FADE >> (scale - 1);

            for (uint32_t i = 0; i < run; i++, loudness -= lost)
                samples[i] = (int16_t)((samples[i] * loudness) >> 15);
        }
    }
}

static uint32_t distance(int32_t a, int32_t b) {
    return (uint32_t)(a < b ? b - a : a - b);
}

/* By how much the concealment `on` is early at the sound behind the gap, at most so much either way; in whole steps. */
static int32_t find_shift(const int16_t *on, const int16_t *behind, uint32_t most, uint32_t compared, uint32_t step) {
    uint32_t fewest = UINT32_MAX;
    int32_t found = 0;

    most -= most % (2 * step);
    for (int32_t shift = -(int32_t)most; shift <= (int32_t)most; shift += 2 * (int32_t)step) {
        uint32_t sum = 0;

        for (uint32_t i = 0; i < compared && sum < fewest; i += 2 * step)
            sum += distance(on[(int32_t)i + shift], behind[i]);
        /* Less of a change is better where there is little to choose. */
        sum += sum * distance(shift, 0) >> 8;
        if (sum < fewest) {
            fewest = sum;
            found = shift;
        }
    }
    return found;
}

void conceal_bridge(struct conceal *conceal, int16_t *gap, uint32_t count, uint32_t behind) {
    int16_t on[(CONCEAL_BRIDGE + SHIFT_MOST + MATCHED + 1) * CODEC_SAMPLES_MOST];
    uint32_t samples = conceal->samples, compared = MATCHED * samples, most = SHIFT_MOST * samples;
    uint32_t join = JOIN * samples < behind ? JOIN * samples : behind;

    if (most > count / SHIFT_PART)
        most = count / SHIFT_PART - count / SHIFT_PART % samples;
    conceal_make(conceal, on, count + most + compared + 1);
    conceal->state = CONCEAL_IDLE;

    int32_t shift = find_shift(on + count, gap + count, most, compared, samples);
    uint32_t step = (uint32_t)(256 + shift * 256 / (int32_t)count);

    /* A little faster or slower, it is in step with what is behind. */
    for (uint32_t i = 0, at = 0; i < count; i++, at += step) {
        const int16_t *from = on + (at >> 8);

        gap[i] = (int16_t)(from[0] + (((from[1] - from[0]) * (int32_t)(at & 255)) >> 8));
    }
    period_fade(gap + count, on + (int32_t)count + shift, gap + count, join);
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
        int16_t made;

        conceal_make(conceal, &made, 1);

        conceal->merged++;
        samples[i] = (int16_t)(made + (samples[i] - made) * conceal->merged / (conceal->merge + 1));
    }
    if (conceal->merged >= conceal->merge)
        conceal->state = CONCEAL_IDLE;
}
