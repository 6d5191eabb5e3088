/*
 * Tones of a server; see tone_set.h.
 */
#include "tone_set.h"

#include <stddef.h>
#include <string.h>

/* Peaks together that a sample has room for, and frequencies that sound at 8 kHz. */
#define PEAK_MOST 32767u
#define FREQUENCY_MOST 3999u

/* Places of a step's numbers. */
enum { KIND, REPEAT, TIMES, FRAMES, FREQUENCIES, PEAKS = FREQUENCIES + TONES_PARTIALS };

static const struct {
    uint8_t id;
    uint8_t kind;
} kinds[] = {
    {0x21, TONE_INSIDE},       {0x22, TONE_OUTSIDE},      {0x23, TONE_BUSY},     {0x24, TONE_ALERTING},
    {0x25, TONE_REORDER},      {0x26, TONE_RECORDING},    {0x28, TONE_ALERTING}, {0x2A, TONE_RECALL},
    {0x2B, TONE_UNOBTAINABLE}, {0x2D, TONE_CALL_WAITING}, {0x30, TONE_RECALL},   {0x37, TONE_MONITORING},
    {0x40, TONE_CALL_WAITING}, {0x42, TONE_RECALL},
};

uint32_t tone_kind_of(uint32_t id) {
    for (uint32_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].id == id)
            return kinds[i].kind;
    }
    return TONE_KINDS;
}

/* Whether frequencies and peaks of a step can be played. */
static bool sound_fits(const uint16_t *step) {
    uint32_t peaks = 0;

    for (uint32_t i = 0; i < TONES_PARTIALS; i++) {
        uint32_t frequency = step[FREQUENCIES + i], peak = step[PEAKS + i];

        if (frequency > FREQUENCY_MOST || (frequency == 0) != (peak == 0))
            return false;
        peaks += peak;
    }
    /* A pause has no sound behind its first frequency either. */
    return peaks <= PEAK_MOST && (step[PEAKS] > 0 || peaks == 0);
}

/* Steps of the tone that begins here; 0 when it is none. */
static uint32_t tone_fits(const uint16_t *numbers, uint32_t steps) {
    uint32_t count = 0;
    bool sounds = false, ends = false;

    for (; count < steps && numbers[TONE_SET_NUMBERS * count + KIND] == numbers[KIND]; count++) {
        const uint16_t *step = numbers + TONE_SET_NUMBERS * count;

        if (ends || !sound_fits(step))
            return 0;
        sounds |= step[PEAKS] > 0;
        ends = step[FRAMES] == 0;
    }
    return numbers[KIND] < TONE_KINDS && numbers[REPEAT] < count && numbers[TIMES] <= UINT8_MAX && sounds ? count : 0;
}

static bool set_fits(const uint16_t *numbers, uint32_t steps) {
    uint32_t seen = 0;

    for (uint32_t at = 0; at < steps;) {
        const uint16_t *tone = numbers + TONE_SET_NUMBERS * at;
        uint32_t count = tone_fits(tone, steps - at);

        if (count == 0 || (seen >> tone[KIND] & 1) != 0)
            return false;
        seen |= 1u << tone[KIND];
        at += count;
    }
    return true;
}

bool tone_set_read(struct tone_set *set, const uint16_t *numbers, uint32_t count) {
    uint32_t steps = count / TONE_SET_NUMBERS;

    if (count % TONE_SET_NUMBERS != 0 || steps > TONE_SET_STEPS || !set_fits(numbers, steps))
        return false;
    memset(set->tones, 0, sizeof set->tones);
    for (uint32_t i = 0; i < steps; i++) {
        const uint16_t *from = numbers + TONE_SET_NUMBERS * i;
        struct tone *tone = &set->tones[from[KIND]];
        struct tone_step *step = &set->steps[i];

        if (tone->steps++ == 0) {
            tone->step = step;
            tone->repeat = (uint8_t)from[REPEAT];
            tone->times = (uint8_t)from[TIMES];
        }
        memcpy(step->frequencies, from + FREQUENCIES, sizeof step->frequencies);
        memcpy(step->peaks, from + PEAKS, sizeof step->peaks);
        step->frames = from[FRAMES];
        step->warble = 0;
    }
    return true;
}

const struct tone *tone_of_set(const struct tone_set *set, uint32_t id) {
    uint32_t kind = tone_kind_of(id);

    return kind < TONE_KINDS && set->tones[kind].steps > 0 ? &set->tones[kind] : NULL;
}

/* Whether a tone was the set's, and is there no more. */
static bool lost(const struct tone_set *set, const struct tone *tone) {
    return tone >= set->tones && tone < set->tones + TONE_KINDS && tone->steps == 0;
}

void tone_set_renew(const struct tone_set *set, struct tone_player *player) {
    bool gone = lost(set, player->tone) || lost(set, player->next);
    const struct tone *after = player->after;

    if (player->tone >= set->tones && player->tone < set->tones + TONE_KINDS) {
        player->frame = 0;
        player->step = 0;
        player->round = 0;
    }
    if (lost(set, player->tone))
        player->tone = NULL;
    if (lost(set, player->next))
        player->next = NULL;
    if (lost(set, after))
        player->after = after = NULL;
    /* What was to be heard to its end is no more: what waits for that begins. */
    if (gone && player->stopped) {
        player->stopped = false;
        player->after = NULL;
        if (after)
            tone_play(player, after, false, player->after_signal);
    }
}
