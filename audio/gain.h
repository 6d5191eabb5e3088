/*
 * Volume steps, the limiter, and saturation to 16 bits.
 */
#ifndef LINNET_GAIN_H
#define LINNET_GAIN_H

#include <stdint.h>

#define GAIN_STEPS 25
/* The step at which sound passes unchanged. */
#define GAIN_STEP_UNITY 16
/* Gains are factors in 1/4096. */
#define GAIN_BITS 12
#define GAIN_UNITY (1 << GAIN_BITS)

extern const uint16_t gain_steps[GAIN_STEPS];

/* Factor of a step 0-24: -24 dB to +12 dB by 1.5 dB; a larger step counts as 24. */
static inline int32_t gain_of_step(uint32_t step) {
    return gain_steps[step < GAIN_STEPS ? step : GAIN_STEPS - 1];
}

/* Multiplies samples by a factor that goes in a straight line from `from` to `to`, so that a change does not click. */
void gain_apply(int16_t *samples, uint32_t count, int32_t from, int32_t to);

/* Factors of the limiter are in 1/1024. */
#define LIMITER_BITS 10
#define LIMITER_UNITY (1 << LIMITER_BITS)
/* -2 dBFS. */
#define LIMITER_PEAK 26028

/* Peaks above LIMITER_PEAK turn the volume down, before they come where the frame still allows it; it comes back within
 * a second. */
struct limiter {
    /* In force at the end of the last frame. */
    int32_t factor;
    /* Frames before it may rise. */
    uint32_t hold;
};

void limiter_reset(struct limiter *limiter);

/* The factor at the end of the next frame if nothing in it is too loud: no less than the one in force. */
int32_t limiter_rise(const struct limiter *limiter);

/* That frame has been made with it. */
void limiter_pass(struct limiter *limiter);

/* Makes samples of the sums of a frame, or of its end, within +-1,000,000. */
void limiter_apply(struct limiter *limiter, const int32_t *sums, int16_t *samples, uint32_t count);

/* Cuts a sum to 16 bits. */
static inline int16_t gain_saturate(int32_t value) {
    return (int16_t)(value > 32767 ? 32767 : value < -32768 ? -32768 : value);
}

#endif
