/*
 * Volume steps and saturating mixing of 16-bit samples.
 */
#ifndef LINNET_GAIN_H
#define LINNET_GAIN_H

#include <stdint.h>

#define GAIN_STEPS 25
/* The step at which sound passes unchanged. */
#define GAIN_STEP_UNITY 16
/* Gains are factors in 1/4096. */
#define GAIN_UNITY 4096

/* Factor of a step 0-24: -24 dB to +12 dB by 1.5 dB; a larger step counts as 24. */
int32_t gain_of_step(uint32_t step);

/* Multiplies samples by a factor that goes in a straight line from `from` to `to`, so that a change does not click. */
void gain_apply(int16_t *samples, uint32_t count, int32_t from, int32_t to);

/* The same for sums of several samples, each within +-131,072; they are not cut off. */
void gain_apply_sums(int32_t *sums, uint32_t count, int32_t from, int32_t to);

/* Factors of the limiter are in 1/1024. */
#define GAIN_LIMIT_UNITY 1024

/* Makes samples of sums within +-1,000,000. Peaks above -2 dBFS turn the volume down, before they come where the frame
 * still allows it, and it comes back within a second. `limit` is the factor in force, at first GAIN_LIMIT_UNITY. */
void gain_limit(int32_t *limit, const int32_t *sums, int16_t *samples, uint32_t count);

/* Cuts a sum to 16 bits. */
static inline int16_t gain_saturate(int32_t value) {
    return (int16_t)(value > 32767 ? 32767 : value < -32768 ? -32768 : value);
}

#endif
