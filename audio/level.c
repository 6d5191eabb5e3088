/*
 * Level control; see level.h. The mean power of talk is measured as ITU-T P.56 has it, over what is talk alone, and the
 * gain goes towards what that lacks; it moves with talk only, and stands still in pauses. The limiter is for what comes
 * louder before the gain has followed.
 */
#include "level.h"
#include "frame.h"

/* Mean square, in units of 256, of an RMS level in dBov: 32768 is 0. */
#define POWER_24 16698U
#define POWER_48 66U

/* Talk is brought to -24 dBov: near the -26 at which networks are lined up. */
#define TARGET POWER_24
/* Half a decibel to both sides of it is left alone. */
#define TARGET_MOST (TARGET * 287 / 256)
#define TARGET_LEAST (TARGET * 228 / 256)
/* What is between talk is not to be turned up above -48 dBov. */
#define NOISE_MOST POWER_48
/* +12 and -12 dB. */
#define GAIN_MOST (GAIN_UNITY * 398 / 100)
#define GAIN_LEAST (GAIN_UNITY * 251 / 1000)
/* By 2^-7 a frame up, which is 6.7 dB a second of talk, and by 2^-6 down. */
#define RISE 7
#define FALL 6
/* The mean goes over so many frames of talk, and says nothing before the first ones. */
#define FRAMES 64
#define FRAMES_LEAST 16
/* Power of talk is at least a 40th (16 dB less) of its mean: what is softer belongs to its ends, and lowers the mean
 * only so far that a softer talker is followed after all. */
#define MARGIN 40
#define SOFTER 8
/* The noise is followed down by 2^-3 of the way, and up by 2^-7 of itself, 3.4 dB a second: a word's end is none. */
#define NOISE_FALL 8
#define NOISE_RISE 7

void level_reset(struct level *level) {
    *level = (struct level){.gain = GAIN_UNITY};
    activity_reset(&level->activity);
    limiter_reset(&level->limiter);
}

/* Mean square in units of 256. */
static uint32_t power_of(const int16_t *frame, uint32_t count) {
    uint32_t sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += (uint32_t)(frame[i] * frame[i]) >> 8;
    /* There is a frame. NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    return sum / count;
}

/* Whether power is above a bound once the gain is applied. */
static bool above(uint32_t power, int32_t gain, uint32_t most) {
    return (uint64_t)power * (uint32_t)(gain * gain) > (uint64_t)most << (2 * GAIN_BITS);
}

/* Follows the power of what is between talk, down in each frame, and up where there is none. */
static void follow_noise(struct level *level, uint32_t power) {
    if (!level->heard)
        level->noise = power;
    else if (power < level->noise)
        level->noise -= (level->noise - power + NOISE_FALL - 1) / NOISE_FALL;
    else if (power > level->noise && !level->activity.voiced)
        level->noise += (level->noise >> NOISE_RISE) + 1;
    level->heard = true;
}

/* Follows the power of talk, and brings the gain nearer to what it lacks. */
static void follow(struct level *level, uint32_t power) {
    int32_t gain = level->gain;

    if (power < level->talk / MARGIN) {
        level->talk -= level->talk >> SOFTER;
        return;
    }
    if (level->frames < FRAMES)
        level->frames++;
    level->talk = (uint32_t)((int32_t)level->talk + ((int32_t)power - (int32_t)level->talk) / level->frames);
    if (level->frames < FRAMES_LEAST)
        return;
    if (above(level->talk, gain, TARGET_MOST))
        gain -= gain >> FALL;
    else if (!above(level->talk, gain, TARGET_LEAST))
        gain += gain >> RISE;
    level->gain = gain < GAIN_LEAST ? GAIN_LEAST : gain > GAIN_MOST ? GAIN_MOST : gain;
}

void level_frame(struct level *level, int16_t *frame, uint32_t count) {
    int32_t sums[PIPELINE_FRAME_MOST], from = level->gain;
    uint32_t power = power_of(frame, count);

    activity_frame(&level->activity, frame, count);
    follow_noise(level, power);
    if (level->activity.voiced)
        follow(level, power);
    /* Never above what the noise allows, and by no more for that than back to unity. */
    if (level->gain > GAIN_UNITY && above(level->noise, level->gain, NOISE_MOST)) {
        level->gain = from - (from >> FALL);
        if (level->gain < GAIN_UNITY)
            level->gain = GAIN_UNITY;
    }

    int32_t slope = (level->gain - from) * 256 / (int32_t)count;

    for (uint32_t i = 0; i < count; i++)
        sums[i] = (frame[i] * (from + (slope * (int32_t)i >> 8))) >> GAIN_BITS;
    limiter_apply(&level->limiter, sums, frame, count);
}
