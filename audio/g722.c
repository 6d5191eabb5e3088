/*
 * G.722 by sub-band ADPCM; names in brackets are blocks of the Recommendation's section 6. The two filters that part
 * the band, and the two that join it, are one of 24 coefficients, symmetric and of two signs: each half of it serves
 * both, on every second sample. Where the Recommendation limits a value that cannot be as large, nothing is limited
 * here: differences stay below 10,229, the zeros' coefficients and the first pole's within what they tend to.
 */
#include "g722.h"
#include "codec.h"
#include "frame.h"
#include "rtp.h"

#include <string.h>

/* Codes that are worked at in one piece. */
#define BLOCK PIPELINE_FRAME

/* Greatest magnitudes of the scale factors' logarithms, and of a band's sound. */
#define LOW_LOGARITHM 18432
#define HIGH_LOGARITHM 22528
#define BAND_MOST 16383
/* Scale factors of silence. */
#define LOW_SCALE 32
#define HIGH_SCALE 8

/* Decision levels of the lower band's quantizer (table 14, Q6), in 1/8 of the scale factor's unit; the last is repeated
 * so that the search may look beyond it. */
#define LOW_LEVELS 29
static const int16_t low_levels[32] = {0,    35,   72,   110,  150,  190,  233,  276,  323,  370,  422,
                                       473,  530,  587,  650,  714,  786,  858,  940,  1023, 1121, 1219,
                                       1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919, 2919, 2919};
/* The upper band's one. */
#define HIGH_LEVEL 564

/* What a code stands for in 1/32768 of the scale factor: of 6 bits, for what is heard (QM6), of its upper 4, by which
 * both ends adapt (QM4), and of the upper band's 2 (QM2). */
static const int16_t values_of_6[64] = {
    -136,  -136,  -136,  -136,  -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232,
    -9360, -8576, -7856, -7192, -6576,  -6000,  -5456,  -4944,  -4464,  -4008,  -3576,  -3168,  -2776,
    -2400, -2032, -1688, -1360, -1040,  -728,   24808,  21904,  19008,  16704,  14984,  13512,  12280,
    11192, 10232, 9360,  8576,  7856,   7192,   6576,   6000,   5456,   4944,   4464,   4008,   3576,
    3168,  2776,  2400,  2032,  1688,   1360,   1040,   728,    432,    136,    -432,   -136};
static const int16_t values_of_4[16] = {0,     -20456, -12896, -8968, -6288, -4240, -2584, -1200,
                                        20456, 12896,  8968,   6288,  4240,  2584,  1200,  0};
static const int16_t values_of_2[4] = {-7408, -1616, 7408, 1616};

/* What a code does to the logarithm of the scale factor (WL by way of RL42, WH by way of RH2). */
static const int16_t steps_of_4[16] = {-60,  3042, 1198, 538, 334, 172, 58,  -30,
                                       3042, 1198, 538,  334, 172, 58,  -30, -60};
static const int16_t steps_of_2[4] = {798, -214, 798, -214};

/* 2048 * 2^(n / 32) (ILB). */
static const int16_t powers[32] = {2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543,
                                   2599, 2656, 2714, 2774, 2834, 2896, 2960, 3025, 3091, 3158, 3228,
                                   3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008};

static int32_t saturate(int32_t value) {
    return value == (int16_t)value ? value : value < 0 ? -32768 : 32767;
}

static int32_t limit(int32_t value, int32_t most) {
    return value > most ? most : value < -most ? -most : value;
}

/* Filters 24 samples on the way from one rate to the other: every second of them from the first on into `even`, the
 * others into `odd`. */
static inline void filter(const int16_t *x, int32_t *even, int32_t *odd) {
#define TAP(i, c) a += x[2 * (i)] * (c), b += x[23 - 2 * (i)] * (c)
    int32_t a = 0, b = 0;

    TAP(0, 3);
    TAP(1, -11);
    TAP(2, 12);
    TAP(3, 32);
    TAP(4, -210);
    TAP(5, 951);
    TAP(6, 3876);
    TAP(7, -805);
    TAP(8, 362);
    TAP(9, -156);
    TAP(10, 53);
    TAP(11, -11);
#undef TAP
    *even = a;
    *odd = b;
}

/* The scale factor after a code (LOGSCL and SCALEL, LOGSCH and SCALEH). */
static inline void adapt_scale(struct g722_band *band, int32_t step, int32_t most) {
    int32_t logarithm = ((band->logarithm * 127) >> 7) + step;

    if (logarithm < 0)
        logarithm = 0;
    if (logarithm > most)
        logarithm = most;
    band->logarithm = (int16_t)logarithm;
    /* With the greatest logarithm the power is not to be made smaller but doubled. */
    band->scale = (int16_t)(powers[logarithm >> 6 & 31] * 2 >> ((most >> 11) - (logarithm >> 11)) << 2);
}

/* The poles' part of the prediction after a difference (RECONS, PARREC, UPPOL2, UPPOL1, FILTEP). */
static inline int32_t adapt_poles(struct g722_band *band, int32_t difference) {
    int32_t sign = (band->zeros + difference) >> 31;
    /* -1 where signs differ, else 0. */
    int32_t first = sign ^ band->signs[0], second = sign ^ band->signs[1];
    int32_t a1 = band->poles[0], a2 = band->poles[1];
    int32_t before = band->signals[0], now = saturate((band->prediction + difference) * 2);
    int32_t turn = (first ? a1 : -a1) >> 5;

    band->signs[1] = band->signs[0];
    band->signs[0] = (int16_t)sign;
    turn = turn > 255 ? 255 : turn < -256 ? -256 : turn;
    a2 = limit(((a2 * 127) >> 7) + turn + (second ? -128 : 128), 12288);
    a1 = limit(((a1 * 255) >> 8) + (first ? -192 : 192), 15360 - a2);
    band->poles[0] = (int16_t)a1;
    band->poles[1] = (int16_t)a2;
    band->signals[0] = (int16_t)now;
    return saturate((a1 * now >> 15) + (a2 * before >> 15));
}

/* The zeros' part, the difference being `now` (UPZERO, FILTEZ). The differences move on by one. */
static inline int32_t adapt_zeros(struct g722_band *band, int32_t now) {
    int32_t sum = 0, last = band->differences[G722_ZEROS - 1];

    for (uint32_t i = G722_ZEROS; i-- > 0;) {
        int32_t next = i > 0 ? band->differences[i - 1] : now;
        int32_t coefficient = band->coefficients[i];

        coefficient = (coefficient * 255) >> 8;
        if (now != 0)
            coefficient += (last ^ now) < 0 ? -128 : 128;
        sum = saturate(sum + (coefficient * next >> 14));
        band->coefficients[i] = (int16_t)coefficient;
        band->differences[i] = (int16_t)next;
        last = next;
    }
    return sum;
}

/* The prediction of the next sample after a difference. */
static void predict(struct g722_band *band, int32_t difference) {
    int32_t poles = adapt_poles(band, difference);

    band->signals[1] = band->signals[0];
    band->zeros = (int16_t)adapt_zeros(band, difference);
    band->prediction = (int16_t)saturate(poles + band->zeros);
}

static void adapt_low(struct g722_band *band, uint32_t code) {
    int32_t difference = band->scale * values_of_4[code >> 2] >> 15;

    adapt_scale(band, steps_of_4[code >> 2], LOW_LOGARITHM);
    predict(band, difference);
}

static void adapt_high(struct g722_band *band, uint32_t code) {
    int32_t difference = band->scale * values_of_2[code] >> 15;

    adapt_scale(band, steps_of_2[code], HIGH_LOGARITHM);
    predict(band, difference);
}

/* Codes the difference between a sample and its prediction (SUBTRA, QUANTL). */
static uint32_t encode_low(struct g722_band *band, int32_t sample) {
    int32_t error = saturate(sample - band->prediction);
    /* A level is reached when the magnitude is no less than the whole part of its product, in 1/4096. */
    int32_t reached = ((error < 0 ? -error : error + 1)) * 4096;
    uint32_t level = 0;

    for (uint32_t step = 16; step > 0; step >>= 1) {
        if (low_levels[level + step] * band->scale < reached)
            level += step;
    }
    if (level > LOW_LEVELS)
        level = LOW_LEVELS;

    uint32_t code = error >= 0 ? 61 - level : level < 2 ? 63 - level : 33 - level;

    adapt_low(band, code);
    return code;
}

static uint32_t encode_high(struct g722_band *band, int32_t sample) {
    int32_t error = saturate(sample - band->prediction);
    int32_t reached = ((error < 0 ? -error : error + 1)) * 4096;
    uint32_t code = (error < 0 ? 0u : 2u) + (HIGH_LEVEL * band->scale < reached ? 0u : 1u);

    adapt_high(band, code);
    return code;
}

static int16_t decode_low(struct g722_band *band, uint32_t code) {
    int32_t sample = band->prediction + (band->scale * values_of_6[code] >> 15);

    adapt_low(band, code);
    return (int16_t)(sample > BAND_MOST ? BAND_MOST : sample < ~BAND_MOST ? ~BAND_MOST : sample);
}

static int16_t decode_high(struct g722_band *band, uint32_t code) {
    int32_t sample = band->prediction + (band->scale * values_of_2[code] >> 15);

    adapt_high(band, code);
    return (int16_t)(sample > BAND_MOST ? BAND_MOST : sample < ~BAND_MOST ? ~BAND_MOST : sample);
}

static void encode_block(struct g722 *g722, const int16_t *restrict samples, uint8_t *restrict codes, uint32_t count) {
    int16_t sound[G722_PAST + 2 * BLOCK], *x = sound;

    memcpy(sound, g722->past, sizeof g722->past);
    memcpy(sound + G722_PAST, samples, count * 2 * sizeof *samples);
    for (uint32_t i = 0; i < count; i++, x += 2) {
        int32_t even, odd;

        filter(x, &even, &odd);

        uint32_t low = encode_low(&g722->low, (odd + even) >> 14);

        codes[i] = (uint8_t)(encode_high(&g722->high, (odd - even) >> 14) << 6 | low);
    }
    memcpy(g722->past, x, sizeof g722->past);
}

static void decode_block(struct g722 *g722, const uint8_t *restrict codes, int16_t *restrict samples, uint32_t count) {
    int16_t sound[G722_PAST + 2 * BLOCK], *x = sound;

    memcpy(sound, g722->past, sizeof g722->past);
    for (uint32_t i = 0; i < count; i++, x += 2) {
        int32_t low = decode_low(&g722->low, codes[i] & 63), high = decode_high(&g722->high, codes[i] >> 6);
        int32_t even, odd;

        x[G722_PAST] = (int16_t)(low + high);
        x[G722_PAST + 1] = (int16_t)(low - high);
        filter(x, &even, &odd);
        samples[2 * i] = (int16_t)saturate(odd >> 11);
        samples[2 * i + 1] = (int16_t)saturate(even >> 11);
    }
    memcpy(g722->past, x, sizeof g722->past);
}

static void reset(union codec_state *state) {
    memset(&state->g722, 0, sizeof state->g722);
    state->g722.low.scale = LOW_SCALE;
    state->g722.high.scale = HIGH_SCALE;
}

static void encode(union codec_state *state, const int16_t *restrict samples, uint8_t *restrict codes, uint32_t count) {
    for (uint32_t block; count > 0; count -= block, samples += 2 * block, codes += block) {
        block = count < BLOCK ? count : BLOCK;
        encode_block(&state->g722, samples, codes, block);
    }
}

static void decode(union codec_state *state, const uint8_t *restrict codes, int16_t *restrict samples, uint32_t count) {
    for (uint32_t block; count > 0; count -= block, samples += 2 * block, codes += block) {
        block = count < BLOCK ? count : BLOCK;
        decode_block(&state->g722, codes, samples, block);
    }
}

/* Reports, MLQK among them, are on the narrowband scale whatever the codec, so that calls can be compared: on it
 * (G.107, R up to 93.2) a codec that carries more than the telephone's band has nothing against it. On the wideband one
 * (G.107.1, R up to 129) G.113 gives this rate of G.722 an impairment of 13. Losses are concealed as those of G.711,
 * whose robustness it has for that. */
const struct codec g722_codec = {
    .payload_type = RTP_G722,
    .noise_type = RTP_NOISE,
    .clock = 8,
    .frame_octets = PIPELINE_FRAME,
    .samples = 2,
    .robustness = 251,
    .reset = reset,
    .encode = encode,
    .decode = decode,
};
