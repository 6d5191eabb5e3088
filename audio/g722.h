/*
 * G.722 (ITU-T, 9/2012) at 64 kbit/s, mode 1: sound of 7 kHz as 16-bit samples at 16 kHz, two of them an octet, which
 * holds the code of the lower half of the band in 6 bits and of the upper one in 2.
 */
#ifndef LINNET_G722_H
#define LINNET_G722_H

#include <stdint.h>

struct codec;

/* Payload type (RFC 3551, whose clock of it is 8 kHz by an old mistake). */
#define RTP_G722 9

/* Zeros of a band's predictor, and samples of the past that the filters which part and join the bands go back to. */
#define G722_ZEROS 6
#define G722_PAST 22

/* What the adaptive predictor and quantizer of one band remember; in brackets the Recommendation's names. */
struct g722_band {
    /* The scale factor as a logarithm (NB) and linear (DET). */
    int16_t logarithm;
    int16_t scale;
    /* The prediction (S), and the part of it that the zeros have (SZ). */
    int16_t prediction;
    int16_t zeros;
    /* Of the last sample and the one before: twice the reconstructed signal (R), 16 bits; the sign of the partially
     * reconstructed one (P), -1 or 0. */
    int16_t signals[2];
    int16_t signs[2];
    /* Coefficients of the poles (A1, A2) and zeros (B1 to B6), and the differences that these weigh (D). */
    int16_t poles[2];
    int16_t coefficients[G722_ZEROS];
    int16_t differences[G722_ZEROS];
};

/* The memory of an encoder or of a decoder. */
struct g722 {
    struct g722_band low;
    struct g722_band high;
    int16_t past[G722_PAST];
};

extern const struct codec g722_codec;

#endif
