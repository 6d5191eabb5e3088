/*
 * Mixing; see mix.h. Nearly all that a call costs beside its codec is spent in pass(): two samples a word, as the
 * processor loads them, and one look at eight samples for whether they are safely below the limiter.
 */
#include "mix.h"

#include <string.h>

/* Two samples as they lie in memory, the first of them where the machine's first octets are. */
typedef uint32_t __attribute__((may_alias)) pair;

#define PAIRS(samples) ((const pair *)(const void *)(samples))
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define FIRST(word) ((int16_t)(word))
#define SECOND(word) ((int16_t)((word) >> 16))
#else
#define FIRST(word) ((int16_t)((word) >> 16))
#define SECOND(word) ((int16_t)(word))
#endif

#define BLOCK MIX_BLOCK

/* Adds the samples of a source from `first` on to the sums. */
static void accumulate(struct mix *mix, uint32_t source, uint32_t first) {
    int32_t gain = mix->from[source] * 256, slope = 0;
    const int16_t *frame = mix->frames[source];

    if (mix->from[source] != mix->to[source]) {
        /* In 1/256 a ramp is exact enough without a division for every sample. */
        slope = (mix->to[source] - mix->from[source]) * 256 / (int32_t)mix->count;
        gain += slope * (int32_t)first;
    }
    for (uint32_t i = first; i < mix->count; i++) {
        gain += slope;
        mix->sums[i] += (frame[i] * (gain >> 8)) >> GAIN_BITS;
    }
}

/* Puts all there is into sums, of which the first samples are made already. */
static void widen(struct mix *mix, uint32_t made) {
    if (mix->wide)
        return;
    for (uint32_t i = 0; i < made; i++)
        mix->sums[i] = mix->speaker[i];
    memset(mix->sums + made, 0, (mix->count - made) * sizeof *mix->sums);
    for (uint32_t i = 0; i < mix->sources; i++)
        accumulate(mix, i, made);
    mix->wide = true;
}

void mix_widen(struct mix *mix) {
    widen(mix, 0);
}

void mix_add_wide(struct mix *mix, const int16_t *frame, int32_t from, int32_t to) {
    mix_widen(mix);
    mix->frames[0] = frame;
    mix->from[0] = from;
    mix->to[0] = to;
    accumulate(mix, 0, 0);
}

/* One source or two, the same one twice and the second time silent. */
struct pass {
    const int16_t *a;
    const int16_t *b;
    /* Gains with the limiter's factor in them in 1/256 of what gains are in, and how they rise with each block. */
    int32_t gain_a;
    int32_t gain_b;
    int32_t step_a;
    int32_t step_b;
    /* A bound that samples of the first source may be within, full scale by a power of two: what is added to both
     * halves of a word, and the bits that are then left where a sample is not. */
    pair bias;
    pair beyond;
};

/* A gain behind so many samples. */
static int32_t gain_at(int32_t gain, int32_t step, uint32_t samples) {
    return step == 0 ? gain : gain + (int32_t)(samples / BLOCK) * step;
}

/* Finds the bound that leaves room for all of the second source below the limiter; false when there is none. */
static bool find_bound(struct pass *pass, int32_t gain_a, int32_t gain_b) {
    int32_t most = 0x4000, room = LIMITER_PEAK * GAIN_UNITY - 0x8000 * gain_b;

    /* A sample just beyond is not seen where the carry out of its neighbour hides it. */
    while ((most + 1) * gain_a > room) {
        most >>= 1;
        if (most < 0x800)
            return false;
    }
    pass->bias = (pair)most * 0x10001u;
    pass->beyond = (pair)(0x10000 - 2 * most) * 0x10001u;
    return true;
}

/* Mixes blocks that are within the bound from sample `at` on; returns where the first one lies that is not. The frame
 * may be that of the first source. */
static inline __attribute__((always_inline)) uint32_t pass_within(const struct pass *pass, int16_t *to, uint32_t at,
                                                                  uint32_t count, bool two, bool rises) {
    const int16_t *a = pass->a + at, *b = pass->b + at, *end = pass->a + count;
    int32_t rising_a = gain_at(pass->gain_a, pass->step_a, at), rising_b = gain_at(pass->gain_b, pass->step_b, at);
    int16_t gain_a = (int16_t)(rising_a >> 8), gain_b = (int16_t)(rising_b >> 8);
    const pair bias = pass->bias, beyond = pass->beyond;

    for (to += at; a < end; to += BLOCK, a += BLOCK, b += BLOCK) {
        pair w0 = PAIRS(a)[0], w1 = PAIRS(a)[1], w2 = PAIRS(a)[2], w3 = PAIRS(a)[3];

        if ((((w0 + bias) | (w1 + bias) | (w2 + bias) | (w3 + bias)) & beyond) != 0)
            break;
        if (rises) {
            gain_a = (int16_t)((rising_a += pass->step_a) >> 8);
            gain_b = (int16_t)((rising_b += pass->step_b) >> 8);
        }
        /* Nothing of what follows is worth beginning before. */
        __asm__ volatile("" : "+r"(gain_a), "+r"(gain_b));
#define MIX(n, word)                                                                                                   \
    {                                                                                                                  \
        pair other = two ? PAIRS(b)[n] : 0;                                                                            \
                                                                                                                       \
        to[2 * (n)] = (int16_t)((FIRST(word) * gain_a + (two ? FIRST(other) * gain_b : 0)) >> GAIN_BITS);              \
        to[2 * (n) + 1] = (int16_t)((SECOND(word) * gain_a + (two ? SECOND(other) * gain_b : 0)) >> GAIN_BITS);        \
    }
        MIX(0, w0)
        MIX(1, w1)
        MIX(2, w2)
        MIX(3, w3)
#undef MIX
    }
    return count - (uint32_t)(end - a);
}

static __attribute__((noinline)) uint32_t within_one(const struct pass *pass, int16_t *to, uint32_t at,
                                                     uint32_t count) {
    return pass_within(pass, to, at, count, false, false);
}

static __attribute__((noinline)) uint32_t within_two(const struct pass *pass, int16_t *to, uint32_t at,
                                                     uint32_t count) {
    return pass_within(pass, to, at, count, true, false);
}

static __attribute__((noinline)) uint32_t within_rising(const struct pass *pass, int16_t *to, uint32_t at,
                                                        uint32_t count) {
    return pass_within(pass, to, at, count, true, true);
}

static uint32_t none_within(const struct pass *pass, int16_t *to, uint32_t at, uint32_t count) {
    (void)pass, (void)to, (void)count;
    return at;
}

/* Makes a block that may have something too loud in it; returns how many of its samples come before that. */
static __attribute__((noinline)) uint32_t careful(const struct pass *pass, int16_t *to, uint32_t at) {
    int32_t gain_a = gain_at(pass->gain_a, pass->step_a, at + BLOCK) >> 8;
    int32_t gain_b = gain_at(pass->gain_b, pass->step_b, at + BLOCK) >> 8;
    const int16_t *a = pass->a + at, *b = pass->b + at;

    for (uint32_t i = 0; i < BLOCK; i++) {
        int32_t sample = (a[i] * gain_a + b[i] * gain_b) >> GAIN_BITS;

        if (sample > LIMITER_PEAK || sample < -LIMITER_PEAK)
            return i;
        to[at + i] = (int16_t)sample;
    }
    return BLOCK;
}

/* Mixes as far as nothing is too loud; returns how far that is. */
static uint32_t pass_all(const struct pass *pass, int16_t *to, uint32_t count,
                         uint32_t (*within)(const struct pass *, int16_t *, uint32_t, uint32_t)) {
    for (uint32_t at = 0;; at += BLOCK) {
        at = within(pass, to, at, count);
        if (at >= count)
            return count;

        uint32_t made = careful(pass, to, at);

        if (made < BLOCK)
            return at + made;
    }
}

/* A volume in 1/256 of what it is in, times a factor of the limiter. */
static int32_t limited(int32_t gain, int32_t factor) {
    return gain * factor >> (LIMITER_BITS - 8);
}

/* Makes a frame of one source or two at volumes that stay, as far as nothing is too loud; returns how far that is. */
static uint32_t mix_steady(const struct mix *mix) {
    int32_t from = mix->limiter->factor, to = limiter_rise(mix->limiter);
    bool two = mix->sources == 2;
    int32_t volume_a = mix->to[0], volume_b = two ? mix->to[1] : 0;
    struct pass pass = {.a = mix->frames[0],
                        .b = two ? mix->frames[1] : mix->frames[0],
                        .gain_a = limited(volume_a, from),
                        .gain_b = limited(volume_b, from)};
    uint32_t (*within)(const struct pass *, int16_t *, uint32_t, uint32_t) = two ? within_two : within_one;

    if (from != to) {
        int32_t blocks = (int32_t)(mix->count / BLOCK);

        pass.step_a = limited(volume_a, to - from) / blocks;
        pass.step_b = limited(volume_b, to - from) / blocks;
        within = within_rising;
    }
    if ((((uintptr_t)pass.a | (uintptr_t)pass.b) & 3) != 0 ||
        !find_bound(&pass, limited(volume_a, to) >> 8, limited(volume_b, to) >> 8))
        within = none_within;
    return pass_all(&pass, mix->speaker, mix->count, within);
}

static bool steady(const struct mix *mix) {
    return !mix->wide && mix->from[0] == mix->to[0] && (mix->sources == 1 || mix->from[1] == mix->to[1]);
}

void mix_make(struct mix *mix) {
    struct limiter *limiter = mix->limiter;
    bool limits = limiter->factor != LIMITER_UNITY;
    uint32_t made = 0;

    if (mix->sources == 0) {
        memset(mix->speaker, 0, mix->count * sizeof *mix->speaker);
        limiter_pass(limiter);
        return;
    }
    if (steady(mix)) {
        made = mix_steady(mix);
        if (made == mix->count) {
            if (limits)
                limiter_pass(limiter);
            return;
        }
        /* What has been made stays where it may have replaced its source. */
        if (limits)
            made = 0;
    }
    widen(mix, made);
    limiter_apply(limiter, mix->sums, mix->speaker, mix->count);
}
