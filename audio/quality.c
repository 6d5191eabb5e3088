/*
 * Figures of quality; see quality.h. Concealed seconds and ratios as Cisco's phones count them.
 */
#include "quality.h"
#include "statistics.h"

#include <string.h>

/* R in 1/100 with G.107's default values. */
#define RATING_BEST 9320u
#define RATING_MOST 10000u
/* Impairment that total loss would reach, in 1/100. */
#define IMPAIRMENT_MOST 9500u
/* More than so many concealed frames make a second severely concealed: 5 %. */
#define SEVERE 5u

/* Delay impairment Idd (G.107 clause 3.5) in 1/100, by 25 ms from 100 ms on; straight lines between. */
#define DELAY_STEP 25u
#define DELAY_FREE 100u
#define DELAY_STEPS 36u
static const uint16_t delay_impairment[DELAY_STEPS + 1] = {
    0,    0,    16,   103,  304,  585,  892,  1192, 1476, 1739, 1981, 2203, 2407, 2594, 2764, 2921, 3064, 3195, 3314,
    3424, 3525, 3617, 3701, 3779, 3850, 3916, 3976, 4032, 4083, 4131, 4175, 4215, 4253, 4288, 4320, 4351, 4379};

static uint32_t of_delay(uint32_t delay) {
    if (delay <= DELAY_FREE)
        return 0;

    uint32_t step = (delay - DELAY_FREE) / DELAY_STEP, rest = (delay - DELAY_FREE) % DELAY_STEP;

    if (step >= DELAY_STEPS)
        return delay_impairment[DELAY_STEPS];
    return delay_impairment[step] + (uint32_t)(delay_impairment[step + 1] - delay_impairment[step]) * rest / DELAY_STEP;
}

uint32_t quality_rating(const struct codec *codec, uint32_t gaps, uint32_t frames, uint32_t delay) {
    /* Ie + (95 - Ie) Ppl / (Ppl + Bpl); with at most 800 frames nothing exceeds 32 bits. */
    uint32_t share = gaps > 0 ? (gaps * 1000u << 12) / (gaps * 1000u + frames * codec->robustness) : 0;
    uint32_t of_loss = (IMPAIRMENT_MOST - codec->impairment) * share >> 12;
    uint32_t impairment = codec->impairment + of_loss + of_delay(delay);

    return impairment < RATING_BEST ? RATING_BEST - impairment : 0;
}

uint32_t quality_score(uint32_t rating) {
    if (rating >= RATING_MOST)
        return 45000;

    /* 1 + 0.035 R + 7e-6 R (R - 60) (100 - R), which falls below 1 for the smallest ratings. */
    int32_t product = (int32_t)(rating * (RATING_MOST - rating) / 1000) * ((int32_t)rating - 6000);
    int32_t score = QUALITY_UNIT + (int32_t)(rating * 7 / 2) + product / 1000 * 7 / 100;

    return score < QUALITY_UNIT ? QUALITY_UNIT : (uint32_t)score;
}

static uint32_t ratio(uint32_t part, uint32_t whole) {
    /* Both shrink alike before the product exceeds 32 bits. */
    while (part > UINT32_MAX / QUALITY_UNIT) {
        part >>= 1;
        whole >>= 1;
    }
    return whole > 0 ? part * QUALITY_UNIT / whole : 0;
}

static uint32_t sum(const uint8_t *values, uint32_t count) {
    uint32_t total = 0;

    for (uint32_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

static void score(struct quality *quality, uint32_t *counters) {
    /* One way: the sender's packet, half the round trip where it is known, the jitter buffer. */
    uint32_t delay =
        counters[STATISTIC_PACKET_TIME_RECEIVED] + counters[STATISTIC_ROUND_TRIP] / 2 + counters[STATISTIC_DELAY];
    uint32_t rating = quality_rating(codec_of(counters[STATISTIC_PAYLOAD_TYPE_RECEIVED]),
                                     sum(quality->gaps, QUALITY_SECONDS), sum(quality->frames, QUALITY_SECONDS), delay);
    uint32_t now = quality_score(rating);

    if (quality->seconds == UINT16_MAX) {
        quality->seconds /= 2;
        quality->sum /= 2;
    }
    quality->seconds++;
    quality->sum += now;
    counters[STATISTIC_MOS] = now;
    counters[STATISTIC_MOS_AVERAGE] = quality->sum / quality->seconds;
    if (counters[STATISTIC_MOS_MINIMUM] == 0 || now < counters[STATISTIC_MOS_MINIMUM])
        counters[STATISTIC_MOS_MINIMUM] = now;
    if (now > counters[STATISTIC_MOS_MAXIMUM])
        counters[STATISTIC_MOS_MAXIMUM] = now;
}

void quality_second(struct quality *quality, uint32_t *counters) {
    uint32_t frames = counters[STATISTIC_FRAMES_PLAYED] - quality->played;
    uint32_t gaps = counters[STATISTIC_CONCEALED_FRAMES] - quality->concealed;

    quality->ticks = 0;
    quality->played = counters[STATISTIC_FRAMES_PLAYED];
    quality->concealed = counters[STATISTIC_CONCEALED_FRAMES];
    if (frames == 0)
        return;
    memmove(quality->frames + 1, quality->frames, QUALITY_SECONDS - 1);
    memmove(quality->gaps + 1, quality->gaps, QUALITY_SECONDS - 1);
    quality->frames[0] = (uint8_t)frames;
    quality->gaps[0] = (uint8_t)gaps;

    counters[STATISTIC_CONCEALED_SECONDS] += gaps > 0;
    counters[STATISTIC_SEVERELY_CONCEALED_SECONDS] += gaps > SEVERE;
    counters[STATISTIC_CONCEALMENT_RATIO] = ratio(quality->concealed, quality->played);

    uint32_t interval = ratio(sum(quality->gaps, QUALITY_INTERVAL), sum(quality->frames, QUALITY_INTERVAL));

    counters[STATISTIC_CONCEALMENT_INTERVAL] = interval;
    if (interval > counters[STATISTIC_CONCEALMENT_INTERVAL_MAXIMUM])
        counters[STATISTIC_CONCEALMENT_INTERVAL_MAXIMUM] = interval;
    score(quality, counters);
}
