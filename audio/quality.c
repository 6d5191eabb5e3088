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

/* Concealment ratio from which on silence is no matter of seconds here and there. */
#define MUCH (QUALITY_UNIT / 8)

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
    /* Ie + (95 - Ie) Ppl / (Ppl + Bpl); with at most 1000 frames nothing exceeds 32 bits. */
    for (; frames > 1000; frames >>= 1)
        gaps >>= 1;

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

/* The mean of the scores of all seconds. It would make half a call of silence a fair one: where much is missing the
 * score of the call as a whole is, if it is less. */
static uint32_t average(const struct quality *quality, const uint32_t *counters, uint32_t delay) {
    uint32_t mean = quality->sum / quality->seconds, missing = counters[STATISTIC_CONCEALMENT_RATIO];

    if (missing < MUCH)
        return mean;

    /* In 1/800, as rating's arguments are to be. */
    uint32_t whole = quality_score(
        quality_rating(codec_of(counters[STATISTIC_PAYLOAD_TYPE_RECEIVED]), missing * 800 / QUALITY_UNIT, 800, delay));

    return whole < mean ? whole : mean;
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
    counters[STATISTIC_MOS_AVERAGE] = average(quality, counters, delay);
    if (counters[STATISTIC_MOS_MINIMUM] == 0 || now < counters[STATISTIC_MOS_MINIMUM])
        counters[STATISTIC_MOS_MINIMUM] = now;
    if (now > counters[STATISTIC_MOS_MAXIMUM])
        counters[STATISTIC_MOS_MAXIMUM] = now;
}

/* The second's figures of a stream of which nothing has been heard for long. */
static void count_unheard(struct quality *quality, uint32_t *counters) {
    if (quality->unheard < UINT16_MAX)
        quality->unheard++;
    if (quality->unheard < QUALITY_UNHEARD)
        return;
    counters[STATISTIC_CONCEALED_SECONDS] = counters[STATISTIC_SEVERELY_CONCEALED_SECONDS] = quality->unheard;
    counters[STATISTIC_CONCEALMENT_RATIO] = counters[STATISTIC_CONCEALMENT_INTERVAL] =
        counters[STATISTIC_CONCEALMENT_INTERVAL_MAXIMUM] = QUALITY_UNIT;
    counters[STATISTIC_MOS] = counters[STATISTIC_MOS_AVERAGE] = counters[STATISTIC_MOS_MINIMUM] =
        counters[STATISTIC_MOS_MAXIMUM] = QUALITY_UNIT;
}

/* What was said while nothing had been heard holds no more. */
static void begin(struct quality *quality, uint32_t *counters) {
    quality->unheard = 0;
    counters[STATISTIC_CONCEALED_SECONDS] = counters[STATISTIC_SEVERELY_CONCEALED_SECONDS] = 0;
    counters[STATISTIC_CONCEALMENT_INTERVAL_MAXIMUM] = 0;
    counters[STATISTIC_MOS_MINIMUM] = counters[STATISTIC_MOS_MAXIMUM] = 0;
}

static uint8_t frames_of(uint32_t count) {
    return (uint8_t)(count < UINT8_MAX ? count : UINT8_MAX);
}

void quality_second(struct quality *quality, uint32_t *counters) {
    uint32_t frames = counters[STATISTIC_FRAMES_PLAYED] - quality->played;
    uint32_t gaps = counters[STATISTIC_CONCEALED_FRAMES] - quality->concealed;

    quality->ticks = 0;
    if (counters[STATISTIC_FRAMES_PLAYED] == 0) {
        count_unheard(quality, counters);
        return;
    }
    quality->played = counters[STATISTIC_FRAMES_PLAYED];
    quality->concealed = counters[STATISTIC_CONCEALED_FRAMES];
    if (quality->unheard > 0)
        begin(quality, counters);
    if (frames == 0)
        return;
    memmove(quality->frames + 1, quality->frames, QUALITY_SECONDS - 1);
    memmove(quality->gaps + 1, quality->gaps, QUALITY_SECONDS - 1);
    quality->frames[0] = frames_of(frames);
    quality->gaps[0] = frames_of(gaps < frames ? gaps : frames);

    counters[STATISTIC_CONCEALED_SECONDS] += gaps > 0;
    counters[STATISTIC_SEVERELY_CONCEALED_SECONDS] += gaps > SEVERE;
    counters[STATISTIC_CONCEALMENT_RATIO] = ratio(quality->concealed, quality->played);

    uint32_t interval = ratio(sum(quality->gaps, QUALITY_INTERVAL), sum(quality->frames, QUALITY_INTERVAL));

    counters[STATISTIC_CONCEALMENT_INTERVAL] = interval;
    if (interval > counters[STATISTIC_CONCEALMENT_INTERVAL_MAXIMUM])
        counters[STATISTIC_CONCEALMENT_INTERVAL_MAXIMUM] = interval;
    score(quality, counters);
}
