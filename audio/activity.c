/*
 * Voice activity by energy above a background that is tracked: it follows a quieter frame fast and a louder one slowly,
 * and is never taken to be louder than a noisy office, so that a steady tone or music still counts as talk.
 */
#include "activity.h"

/* Levels here are log2 of power in 1/256, so 85 are 1 dB; full scale is 0, all else negative. */
#define DB(value) ((value)*85)
/* The background lies between these. */
#define FLOOR_LEAST DB(-75)
#define FLOOR_MOST DB(-40)
/* So much above the background is voice, and nothing below this level. */
#define MARGIN DB(8)
#define VOICE_LEAST DB(-62)
/* Rise of the background, in 1/256 a frame: 5 dB a second, a fifth of it while there is voice. */
#define RISE 4
#define RISE_IN_VOICE_FRAMES 5
/* Frames: a word's end after one short burst, and after talk. */
#define HANGOVER_SHORT 8
#define HANGOVER_LONG 25
#define TALK 4

/* log2 of a number in 1/256; the fraction by a parabola, right to 0.02 dB. */
static int32_t logarithm(uint64_t value) {
    int32_t whole = 0;

    if (value == 0)
        return 0;
    if (value >> 32) {
        value >>= 16;
        whole = 16;
    }

    uint32_t rest = (uint32_t)value;

    while (rest >= 512) {
        rest >>= 1;
        whole++;
    }
    while (rest < 256) {
        rest <<= 1;
        whole--;
    }

    uint32_t fraction = rest - 256;

    return (whole + 8) * 256 + (int32_t)(fraction + (fraction * (256 - fraction) * 88 >> 16));
}

/* Level of a frame against full scale. */
static int32_t level(const int16_t *frame, uint32_t samples) {
    uint64_t power = 0;

    for (uint32_t i = 0; i < samples; i += 2)
        power += (uint32_t)(frame[i] * frame[i]) + (uint32_t)(frame[i + 1] * frame[i + 1]);

    /* log2(80 * 2^30) is 36.32. */
    return logarithm((power >> (samples > PIPELINE_FRAME)) + 1) - 9298;
}

void activity_reset(struct activity *activity) {
    *activity = (struct activity){.floor = FLOOR_MOST, .noise = FLOOR_LEAST, .hangover = HANGOVER_LONG};
}

bool activity_frame(struct activity *activity, const int16_t *frame, uint32_t samples) {
    int32_t now = level(frame, samples);
    bool voice = now > activity->floor + MARGIN && now > VOICE_LEAST;

    if (now < activity->floor)
        activity->floor += (now - activity->floor) / 4;
    else if (!voice || activity->run % RISE_IN_VOICE_FRAMES == RISE_IN_VOICE_FRAMES - 1)
        activity->floor += RISE;
    if (activity->floor < FLOOR_LEAST)
        activity->floor = FLOOR_LEAST;
    if (activity->floor > FLOOR_MOST)
        activity->floor = FLOOR_MOST;

    if (voice) {
        activity->run++;
        uint16_t hangover = activity->run >= TALK ? HANGOVER_LONG : HANGOVER_SHORT;

        if (activity->hangover < hangover)
            activity->hangover = hangover;
        return true;
    }
    activity->run = 0;
    activity->noise += (now - activity->noise) / 8;
    if (activity->hangover == 0)
        return false;
    activity->hangover--;
    return true;
}

uint8_t activity_noise(const struct activity *activity) {
    int32_t below = (-activity->noise + 42) / 85;

    return (uint8_t)(below < 0 ? 0 : below > 127 ? 127 : below);
}
