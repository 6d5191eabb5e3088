/*
 * Talk for tests; see talker.h.
 */
#include "talker.h"

#include <math.h>

static uint32_t state = 12345;

double talker_noise(void) {
    state = state * 1664525 + 1013904223;
    return (int32_t)state / 2147483648.0;
}

static double resonate(double *memory, double input, double frequency, double width) {
    double radius = exp(-M_PI * width / TALKER_RATE);
    double output =
        input + 2 * radius * cos(2 * M_PI * frequency / TALKER_RATE) * memory[0] - radius * radius * memory[1];

    memory[1] = memory[0];
    memory[0] = output;
    return output * (1 - radius);
}

double talker_sample(struct talker *talker) {
    if (talker->rest == 0) {
        talker->rest = 600 + (uint32_t)(fabs(talker_noise()) * 1800);
        talker->voiced = talker_noise() > -0.5;
        talker->loudness = fabs(talker_noise()) < 0.15 ? 0 : 0.5 + 0.5 * fabs(talker_noise());
        talker->centre[0] = 500 + 300 * talker_noise();
        talker->centre[1] = 1700 + 700 * talker_noise();
    }
    talker->rest--;
    talker->phase += talker->pitch * (1 + 0.05 * talker_noise()) / TALKER_RATE;

    double source = 0.15 * talker_noise();

    if (talker->voiced && talker->phase >= 1) {
        talker->phase -= 1;
        source += 8;
    } else if (!talker->voiced) {
        source = talker_noise() * 1.5;
    }

    double sound = talker->loudness * (resonate(talker->first, source, talker->centre[0], 120) +
                                       resonate(talker->second, source, talker->centre[1], 200));

    for (uint32_t i = 0; i < 2; i++) {
        talker->after[i] = sound - talker->before[i] + 0.79 * talker->after[i];
        talker->before[i] = sound;
        sound = talker->after[i];
    }
    return sound;
}

int16_t talker_limit(double value) {
    return (int16_t)(value > 32767 ? 32767 : value < -32768 ? -32768 : lrint(value));
}

double talker_decibels(double a, double b) {
    return 10 * log10((a + 1e-9) / (b + 1e-9));
}
