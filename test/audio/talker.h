/*
 * Talk that a program makes by itself, and how such sound is measured.
 */
#ifndef LINNET_TEST_TALKER_H
#define LINNET_TEST_TALKER_H

#include <stdbool.h>
#include <stdint.h>

#define TALKER_RATE 8000

/* A buzz of changing pitch and bursts of hiss through two resonances that move, in words with pauses. */
struct talker {
    double pitch;
    double phase;
    double first[2];
    double second[2];
    double loudness;
    uint32_t rest;
    bool voiced;
    double centre[2];
    /* Of the filter that leaves what a telephone carries: nothing much below 300 Hz. */
    double before[2];
    double after[2];
};

/* The next sample of talk, within about +-1; all but `pitch` in Hz begins with 0. */
double talker_sample(struct talker *talker);

/* White noise within +-1, of one sequence with what is in talk. */
double talker_noise(void);

/* To 16 bits. */
int16_t talker_limit(double value);

/* A ratio of energies in dB. */
double talker_decibels(double a, double b);

#endif
