/*
 * G.711 by table. The tables are written here as the law's own rule, runs of equal codes that double in length with
 * each segment, so that they lie in flash and one sample costs one look-up: mu-law codes depend on the upper 14 bits of
 * a sample, A-law codes on the upper 12.
 */
#include "g711.h"
#include "frame.h"
#include "rtp.h"

/* A value so many times. */
#define R1(v) v,
#define R2(v) R1(v) R1(v)
#define R4(v) R2(v) R2(v)
#define R8(v) R4(v) R4(v)
#define R16(v) R8(v) R8(v)
#define R32(v) R16(v) R16(v)
#define R64(v) R32(v) R32(v)
#define R128(v) R64(v) R64(v)
#define R256(v) R128(v) R128(v)

/* The sixteen codes of a segment from code n upwards or down to n, each R times, signed by S. */
#define UP4(R, S, n) R(S(n)) R(S(n + 1)) R(S(n + 2)) R(S(n + 3))
#define DOWN4(R, S, n) R(S(n + 3)) R(S(n + 2)) R(S(n + 1)) R(S(n))
#define UP(R, S, n) UP4(R, S, n) UP4(R, S, n + 4) UP4(R, S, n + 8) UP4(R, S, n + 12)
#define DOWN(R, S, n) DOWN4(R, S, n + 12) DOWN4(R, S, n + 8) DOWN4(R, S, n + 4) DOWN4(R, S, n)

/* What goes on the wire for code n of either sign: mu-law inverts all bits, A-law every second one. */
#define MU_POSITIVE(n) (uint8_t)(0xFF ^ (n))
#define MU_NEGATIVE(n) (uint8_t)(0x7F ^ (n))
#define A_POSITIVE(n) (uint8_t)(0xD5 ^ (n))
#define A_NEGATIVE(n) (uint8_t)(0x55 ^ (n))

/* Code 0 of mu-law is half as wide as the rest of its segment, which therefore is written out; the last code goes on to
 * the largest magnitude. Negative samples follow the positive ones in two's complement, largest magnitude first. */
/* clang-format off */
static const uint8_t mu_law_codes[16384] = {
    R1(MU_POSITIVE(0)) R2(MU_POSITIVE(1)) R2(MU_POSITIVE(2)) R2(MU_POSITIVE(3))
    UP4(R2, MU_POSITIVE, 4) UP4(R2, MU_POSITIVE, 8) UP4(R2, MU_POSITIVE, 12)
    UP(R4, MU_POSITIVE, 16) UP(R8, MU_POSITIVE, 32) UP(R16, MU_POSITIVE, 48) UP(R32, MU_POSITIVE, 64)
    UP(R64, MU_POSITIVE, 80) UP(R128, MU_POSITIVE, 96) UP(R256, MU_POSITIVE, 112)
    R32(MU_POSITIVE(127)) R1(MU_POSITIVE(127))
    R1(MU_NEGATIVE(127)) R32(MU_NEGATIVE(127))
    DOWN(R256, MU_NEGATIVE, 112) DOWN(R128, MU_NEGATIVE, 96) DOWN(R64, MU_NEGATIVE, 80)
    DOWN(R32, MU_NEGATIVE, 64) DOWN(R16, MU_NEGATIVE, 48) DOWN(R8, MU_NEGATIVE, 32) DOWN(R4, MU_NEGATIVE, 16)
    DOWN4(R2, MU_NEGATIVE, 12) DOWN4(R2, MU_NEGATIVE, 8) DOWN4(R2, MU_NEGATIVE, 4)
    R2(MU_NEGATIVE(3)) R2(MU_NEGATIVE(2)) R2(MU_NEGATIVE(1)) R1(MU_NEGATIVE(0))
};

static const uint8_t a_law_codes[4096] = {
    UP(R1, A_POSITIVE, 0) UP(R1, A_POSITIVE, 16) UP(R2, A_POSITIVE, 32) UP(R4, A_POSITIVE, 48)
    UP(R8, A_POSITIVE, 64) UP(R16, A_POSITIVE, 80) UP(R32, A_POSITIVE, 96) UP(R64, A_POSITIVE, 112)
    DOWN(R64, A_NEGATIVE, 112) DOWN(R32, A_NEGATIVE, 96) DOWN(R16, A_NEGATIVE, 80) DOWN(R8, A_NEGATIVE, 64)
    DOWN(R4, A_NEGATIVE, 48) DOWN(R2, A_NEGATIVE, 32) DOWN(R1, A_NEGATIVE, 16) DOWN(R1, A_NEGATIVE, 0)
};

/* Linear value of a wire octet; bit 7 set is positive. */
#define MU_STEPS(n) ((((n) & 15) * 2 + 33) << ((n) >> 4))
#define MU_LINEAR(c) (int16_t)(((c) & 0x80 ? 4 : -4) * (MU_STEPS(~(c) & 0x7F) - 33))
#define A_STEPS(n) ((((n) & 15) * 2 + 1 + ((n) > 15) * 32) << (((n) >> 4) - ((n) > 15)))
#define A_LINEAR(c) (int16_t)(((c) & 0x80 ? 8 : -8) * A_STEPS(((c) ^ 0x55) & 0x7F))

#define X4(F, i) F(i), F((i) + 1), F((i) + 2), F((i) + 3)
#define X16(F, i) X4(F, i), X4(F, (i) + 4), X4(F, (i) + 8), X4(F, (i) + 12)
#define X64(F, i) X16(F, i), X16(F, (i) + 16), X16(F, (i) + 32), X16(F, (i) + 48)
#define X256(F, i) X64(F, i), X64(F, (i) + 64), X64(F, (i) + 128), X64(F, (i) + 192)

const int16_t g711_mu_law_linear[256] = {X256(MU_LINEAR, 0)};
const int16_t g711_a_law_linear[256] = {X256(A_LINEAR, 0)};
/* clang-format on */

/* What has been looked up is stored one by one: to gather it in vectors first, as compilers would, takes longer. An
 * Xtensa has none, and may order loads and stores as suits it. */
#ifdef __XTENSA__
#define STORED
#else
#define STORED __asm__ volatile("" : : : "memory");
#endif

/* So many samples a round, which a frame is a multiple of: most of the cost of a loop is saved, and registers suffice;
 * an Xtensa has fewer. */
#ifdef __XTENSA__
#define ROUND 8u
#define UPPER_HALF(statement)
#else
#define ROUND 16u
#define UPPER_HALF(statement)                                                                                          \
    statement(8);                                                                                                      \
    statement(9);                                                                                                      \
    statement(10);                                                                                                     \
    statement(11);                                                                                                     \
    statement(12);                                                                                                     \
    statement(13);                                                                                                     \
    statement(14);                                                                                                     \
    statement(15);
#endif
#define ROUNDS(statement)                                                                                              \
    for (const uint8_t *end = codes + (count & ~(ROUND - 1)); codes != end; samples += ROUND, codes += ROUND) {        \
        statement(0);                                                                                                  \
        statement(1);                                                                                                  \
        statement(2);                                                                                                  \
        statement(3);                                                                                                  \
        statement(4);                                                                                                  \
        statement(5);                                                                                                  \
        statement(6);                                                                                                  \
        statement(7);                                                                                                  \
        UPPER_HALF(statement)                                                                                          \
    }                                                                                                                  \
    for (count &= ROUND - 1; count > 0; count--, samples++, codes++) {                                                 \
        statement(0);                                                                                                  \
    }

/* Of a sample the upper bits are looked up, as many as the law goes by. The shift is of a whole register: compilers
 * that shift half of one mask it anew. */
#define CODE(n, table, bits)                                                                                           \
    {                                                                                                                  \
        uint32_t sample = (uint16_t)samples[n];                                                                        \
                                                                                                                       \
        __asm__("" : "+r"(sample));                                                                                    \
        codes[n] = table[sample >> (16 - (bits))];                                                                     \
        STORED                                                                                                         \
    }

/* An Xtensa, which takes any bits out of a word by one instruction, loads two samples at once where they lie so, the
 * first where the machine's first octets are. */
#ifdef __XTENSA__
typedef uint32_t __attribute__((may_alias)) pair;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOWER(n) (n)
#define UPPER(n) ((n) + 1)
#else
#define LOWER(n) ((n) + 1)
#define UPPER(n) (n)
#endif
#define PAIR(n, table, bits)                                                                                           \
    {                                                                                                                  \
        pair word = ((const pair *)(const void *)samples)[(n) / 2];                                                    \
                                                                                                                       \
        codes[LOWER(n)] = table[word >> (16 - (bits)) & ((1u << (bits)) - 1)];                                         \
        codes[UPPER(n)] = table[word >> (32 - (bits))];                                                                \
    }
#define ENCODE(table, bits)                                                                                            \
    if (((uintptr_t)samples & 3) == 0) {                                                                               \
        for (const uint8_t *end = codes + (count & ~7u); codes != end; samples += 8, codes += 8) {                     \
            PAIR(0, table, bits)                                                                                       \
            PAIR(2, table, bits)                                                                                       \
            PAIR(4, table, bits)                                                                                       \
            PAIR(6, table, bits)                                                                                       \
        }                                                                                                              \
        count &= 7;                                                                                                    \
    }                                                                                                                  \
    for (; count > 0; count--, samples++, codes++) {                                                                   \
        CODE(0, table, bits)                                                                                           \
    }
#define ENCODE_MU_LAW ENCODE(mu_law_codes, 14)
#define ENCODE_A_LAW ENCODE(a_law_codes, 12)
#else
#define MU_LAW_CODE(n) CODE(n, mu_law_codes, 14)
#define A_LAW_CODE(n) CODE(n, a_law_codes, 12)
#define ENCODE_MU_LAW ROUNDS(MU_LAW_CODE)
#define ENCODE_A_LAW ROUNDS(A_LAW_CODE)
#endif

#define DECODE(n)                                                                                                      \
    samples[n] = linear[codes[n]];                                                                                     \
    STORED

/* A code stands by itself: there is no state. */
static void reset(union codec_state *state) {
    (void)state;
}

static void encode_mu_law(union codec_state *state, const int16_t *restrict samples, uint8_t *restrict codes,
                          uint32_t count) {
    (void)state;
    ENCODE_MU_LAW
}

static void encode_a_law(union codec_state *state, const int16_t *restrict samples, uint8_t *restrict codes,
                         uint32_t count) {
    (void)state;
    ENCODE_A_LAW
}

/* Once for both: what a call costs is less than the room of a second loop. */
static __attribute__((noinline)) void decode(const int16_t *restrict linear, const uint8_t *restrict codes,
                                             int16_t *restrict samples, uint32_t count) {
    ROUNDS(DECODE);
}

static void decode_mu_law(union codec_state *state, const uint8_t *restrict codes, int16_t *restrict samples,
                          uint32_t count) {
    (void)state;
    decode(g711_mu_law_linear, codes, samples, count);
}

static void decode_a_law(union codec_state *state, const uint8_t *restrict codes, int16_t *restrict samples,
                         uint32_t count) {
    (void)state;
    decode(g711_a_law_linear, codes, samples, count);
}

/* Both are the same to the E-model: no impairment of their own, and robust where losses are concealed. */
const struct codec g711_mu_law = {
    .payload_type = RTP_PCMU,
    .noise_type = RTP_NOISE,
    .clock = 8,
    .frame_octets = PIPELINE_FRAME,
    .samples = 1,
    .robustness = 251,
    .reset = reset,
    .encode = encode_mu_law,
    .decode = decode_mu_law,
};

const struct codec g711_a_law = {
    .payload_type = RTP_PCMA,
    .noise_type = RTP_NOISE,
    .clock = 8,
    .frame_octets = PIPELINE_FRAME,
    .samples = 1,
    .robustness = 251,
    .reset = reset,
    .encode = encode_a_law,
    .decode = decode_a_law,
};
