/*
 * Voice activity: what stands out of the background in any of five octaves, each of which has its own background,
 * summed over frames until it is sure. The sum tells a weak voice that goes on from a click and from noise by chance,
 * which broadband energy of one frame cannot; the beginning that it takes is sent late (transmitter.c).
 *
 * It is made to cost little. Octaves come of sums and differences of neighbours (Haar's wavelet), their levels of
 * absolute values, and three groups of samples in five are looked at: more would tell no more. While talk goes on,
 * every second frame is.
 */
#include "activity.h"

/* Samples at 8 kHz whose sums and differences give one value in the lowest octaves, and how far apart the groups begin
 * that are looked at. */
#define GROUP 16
#define STRIDE 32
#define GROUPS 3
#define FRAME 80

/* log2 of what the sums of the groups are short of: those that are not looked at, and a factor of no meaning. */
#define SCALE 512
/* Levels of a sum of absolute values; a sine at -30 dBov has about 4470 in its octave, whichever that is. */
#define DB(value) ((int32_t)((value)*42.52))
#define LEVEL(dbov) (4468 + DB((dbov) + 30))

/* The background is the least smoothed level of the last two windows of so many frames, of every second one that is
 * looked at, and so much more in each band since noise is above its least. Once higher, it stays so within a range: a
 * pause in noise is no new background. */
#define WINDOW 36
#define RANGE DB(3.6)
/* What is this much above the background speaks for voice, each band with its weight in 1/16 and in all up to a bound;
 * each frame takes a bias off. Voice is where the sum is above the threshold. */
#define MOST DB(15.7)
#define BIAS DB(6.8)
#define EVIDENCE_MOST DB(13.7)
#define THRESHOLD DB(10)
/* In each band: what the background is above its least, the margin and the weight. The lowest octave is last. */
static const struct {
    int16_t above;
    int16_t margin;
    int16_t weight;
} bands[ACTIVITY_BANDS] = {{DB(0.9), DB(1.4), 19},
                           {DB(0), DB(2.9), 27},
                           {DB(2.5), DB(0.1), 11},
                           {DB(1.1), DB(0.9), 22},
                           {DB(2.8), DB(1.6), 9}};

/* Nothing below this is voice, nor what is so much quieter than the talker has been: somebody in the background. But
 * what has the second level may always be, and who goes on being too quiet for it becomes the talker. */
#define VOICE_LEAST LEVEL(-66)
#define BEHIND_TALKER DB(30.5)
#define VOICE_SURE LEVEL(-46)
/* Loud background between 250 Hz and 1 kHz, where voices are strongest, below by so much more, makes it less sure: in
 * 1/16 of what it is above this. From there on the bias shrinks, to the opposite. A steady loud tone is sent so, too.
 */
#define LOUD LEVEL(-41.1)
#define LOUD_LOWEST DB(36.2)
#define LOUD_SLOPE 17

/* Frames: a word's end after one short burst, and after talk. */
#define HANGOVER_SHORT 8
#define HANGOVER_LONG 25
#define TALK 4
/* While the hangover is still this long after talk, every second frame is taken to be like the one before. */
#define HANGOVER_EASY 16
#define SKIPPED 2

static int32_t lesser(int32_t a, int32_t b) {
    return a < b ? a : b;
}

/* log2 of a number in 1/256; the fraction by a parabola, right to 0.02 dB of an amplitude. */
static int32_t logarithm(uint32_t value) {
    uint32_t zeros = (uint32_t)__builtin_clz(value | 1);
    uint32_t fraction = (value << zeros) >> 23 & 255;

    return (int32_t)((31 - zeros) * 256 + fraction + (fraction * (256 - fraction) * 88 >> 16));
}

static uint32_t magnitude(int32_t value) {
    return (uint32_t)(value < 0 ? -value : value);
}

/* Adds four samples to the sums of the two highest bands; returns their sum. */
static inline int32_t add_four(const int16_t *samples, uint32_t *sums) {
    int32_t first = samples[0] + samples[1], second = samples[2] + samples[3];

    sums[0] += magnitude(samples[0] - samples[1]) + magnitude(samples[2] - samples[3]);
    sums[1] += magnitude(first - second);
    return first + second;
}

/* Levels of the bands in a frame at 8 kHz. Each octave down has half the values, and each of them twice the gain. */
static void measure(const int16_t *frame, int32_t levels[ACTIVITY_BANDS]) {
    uint32_t sums[ACTIVITY_BANDS] = {0};

    for (const int16_t *group = frame; group < frame + GROUPS * STRIDE; group += STRIDE) {
        int32_t a = add_four(group, sums), b = add_four(group + 4, sums);
        int32_t c = add_four(group + 8, sums), d = add_four(group + 12, sums);
        int32_t first = a + b, second = c + d;

        sums[2] += magnitude(a - b) + magnitude(c - d);
        sums[3] += magnitude(first - second);
        sums[4] += magnitude(first + second);
    }
    for (uint32_t i = 0; i < ACTIVITY_BANDS; i++)
        levels[i] = logarithm(sums[i]) + SCALE;
}

/* The same at 16 kHz, of what a frame has below 4 kHz. */
static void measure_wide(const int16_t *frame, int32_t levels[ACTIVITY_BANDS]) {
    int16_t low[FRAME];

    for (uint32_t i = 0; i < FRAME; i++)
        low[i] = (int16_t)((frame[2 * i] + frame[2 * i + 1]) / 2);
    measure(low, levels);
}

void activity_reset(struct activity *activity) {
    *activity = (struct activity){.hangover = HANGOVER_LONG, .skipped = SKIPPED};
}

/* The first frame is taken for the background. */
static void begin(struct activity *activity, const int32_t levels[ACTIVITY_BANDS]) {
    for (uint32_t i = 0; i < ACTIVITY_BANDS; i++)
        activity->floor[i] = activity->smooth[i] = activity->least[i] = activity->least_before[i] = (int16_t)levels[i];
    activity->begun = true;
}

/* What of a frame speaks for voice. `loudest`: its level in the band that has most. */
static int32_t weigh(struct activity *activity, const int32_t levels[ACTIVITY_BANDS], int32_t loudest) {
    int32_t score = 0, behind = lesser(activity->talker - BEHIND_TALKER, VOICE_SURE);

    for (uint32_t i = 0; i < ACTIVITY_BANDS; i++) {
        int32_t above = levels[i] - activity->floor[i] - bands[i].margin;

        if (above > 0)
            score += above * bands[i].weight / 16;
    }
    if (score == 0 || loudest < VOICE_LEAST)
        return 0;
    if (loudest < behind) {
        if (activity->follow)
            activity->talker--;
        return 0;
    }
    return lesser(score, MOST);
}

/* What a frame has to have lest the sum become less. */
static int32_t bias(const struct activity *activity) {
    int32_t loud = activity->floor[4] - LOUD_LOWEST;

    for (uint32_t i = 2; i < 4; i++) {
        if (activity->floor[i] > loud)
            loud = activity->floor[i];
    }
    if (loud <= LOUD)
        return BIAS;

    int32_t least = BIAS - (loud - LOUD) * LOUD_SLOPE / 16;

    return least > -BIAS ? least : -BIAS;
}

/* Follows the background. */
static void follow(struct activity *activity, const int32_t levels[ACTIVITY_BANDS]) {
    bool over = ++activity->age >= WINDOW;

    for (uint32_t i = 0; i < ACTIVITY_BANDS; i++) {
        int32_t smooth = activity->smooth[i] + (levels[i] - activity->smooth[i]) * 5 / 16;
        int32_t least = lesser(activity->least[i], smooth);
        int32_t floor = lesser(activity->least_before[i], least) + bands[i].above;

        activity->smooth[i] = (int16_t)smooth;
        activity->least[i] = (int16_t)least;
        if (activity->floor[i] < floor)
            activity->floor[i] = (int16_t)floor;
        else if (activity->floor[i] > floor + RANGE)
            activity->floor[i] = (int16_t)(floor + RANGE);
        if (over) {
            activity->least_before[i] = activity->least[i];
            activity->least[i] = activity->smooth[i];
        }
    }
    if (over)
        activity->age = 0;
}

/* Whether there is voice in a frame. */
static bool look(struct activity *activity, const int16_t *frame, bool wide) {
    int32_t levels[ACTIVITY_BANDS], loudest = 0;

    if (wide)
        measure_wide(frame, levels);
    else
        measure(frame, levels);
    if (!activity->begun)
        begin(activity, levels);
    for (uint32_t i = 0; i < ACTIVITY_BANDS; i++) {
        if (levels[i] > loudest)
            loudest = levels[i];
    }

    int32_t evidence = activity->evidence + weigh(activity, levels, loudest) - bias(activity);

    activity->evidence = (int16_t)(evidence < 0 ? 0 : lesser(evidence, EVIDENCE_MOST));

    bool voice = activity->evidence > THRESHOLD;

    if (voice && loudest > activity->talker)
        activity->talker = (int16_t)(activity->talker + (loudest - activity->talker) / 8);
    else if (voice)
        activity->talker--;
    activity->follow = !activity->follow;
    if (activity->follow)
        follow(activity, levels);
    return voice;
}

bool activity_frame(struct activity *activity, const int16_t *frame, uint32_t samples) {
    if (activity->skipped < SKIPPED && activity->hangover >= HANGOVER_EASY) {
        activity->skipped++;
    } else {
        activity->skipped = 0;
        activity->voiced = look(activity, frame, samples > FRAME);
    }
    if (activity->voiced) {
        if (activity->run < TALK)
            activity->run++;

        uint8_t hangover = activity->run >= TALK ? HANGOVER_LONG : HANGOVER_SHORT;

        if (activity->hangover < hangover)
            activity->hangover = hangover;
        return true;
    }
    activity->run = 0;
    if (activity->hangover == 0)
        return false;
    activity->hangover--;
    return true;
}

uint8_t activity_noise(const struct activity *activity) {
    int32_t most = 0;
    uint32_t sum = 0;

    for (uint32_t i = 0; i < ACTIVITY_BANDS; i++) {
        if (activity->smooth[i] > most)
            most = activity->smooth[i];
    }
    /* Powers of all beside the most: a doubling of amplitude is two of power; between, along a line. */
    for (uint32_t i = 0; i < ACTIVITY_BANDS; i++) {
        uint32_t below = 2 * (uint32_t)(most - activity->smooth[i]);

        if (below < 10 * 256)
            sum += (512 - below % 256) << 7 >> below / 256;
    }

    /* A band's power is that of its one frequency at this level; sums of absolute values of noise have 1 dB less. */
    int32_t level = most + logarithm(sum) / 2 - 8 * 256 - LEVEL(0) + DB(1);
    int32_t below = (-level * 2 + 42) / 85;

    return (uint8_t)(below < 0 ? 0 : below > 127 ? 127 : below);
}
