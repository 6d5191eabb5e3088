/*
 * Talkers and noise before the microphone of a handset, and what is sent of them with noise suppression or level
 * control. Prints one JSON object of figures in dB; tools/bench/microphone.ts says what each is.
 */
#include "g711.h"
#include "pipeline.h"
#include "talker.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Each case: talk for so many seconds, a pause, and talk again. What is measured begins after LEARNT seconds. */
#define TALK 12
#define LEARNT 8
#define PAUSE 8
#define SENTENCE (5 * TALKER_RATE / 2)
#define BREATH (TALKER_RATE / 2)
#define SECONDS (TALK + PAUSE + TALK)
#define SAMPLES (SECONDS * TALKER_RATE)
/* RMS of a level in dBov. */
#define RMS(dbov) (32768 * pow(10, (dbov) / 20.0))

static struct pipeline pipeline;
static double speech[SAMPLES], hiss[SAMPLES];
static double sent[SAMPLES];

/* Sentences of two seconds with breath between them, and nothing in the pause. */
static bool talks(uint32_t at) {
    bool pause = at >= TALK * TALKER_RATE && at < (TALK + PAUSE) * TALKER_RATE;

    return !pause && at % SENTENCE < SENTENCE - BREATH;
}

/* Talk of an RMS level while there is any, and noise, white but for a gentle slope. */
static void make(double talk_dbov, double noise_dbov) {
    struct talker talker = {.pitch = 130};
    double energy = 0, count = 0, power = 0, last = 0;

    for (uint32_t i = 0; i < SAMPLES; i++) {
        speech[i] = talks(i) ? talker_sample(&talker) : 0;
        last = 0.6 * last + talker_noise();
        hiss[i] = last;
        power += last * last;
        energy += speech[i] * speech[i];
        count += talks(i);
    }
    for (uint32_t i = 0; i < SAMPLES; i++) {
        speech[i] *= RMS(talk_dbov) / sqrt(energy / count);
        hiss[i] *= RMS(noise_dbov) / sqrt(power / SAMPLES);
    }
}

/* What the phone sends of that. */
static void call(struct denoise *denoise, bool levels) {
    const uint32_t seed[3] = {1, 2, 3};

    pipeline_reset(&pipeline);
    pipeline_set_denoise(&pipeline, denoise);
    pipeline_set_level_control(&pipeline, levels);
    pipeline_set_route(&pipeline, ROUTE_HANDSET);
    pipeline_start_transmit(&pipeline, 0, RTP_PCMU, 10, seed);
    for (uint32_t at = 0; at < SAMPLES; at += PIPELINE_FRAME) {
        int16_t mic[PIPELINE_FRAME], speaker[PIPELINE_FRAME], out[PIPELINE_FRAME];

        for (uint32_t i = 0; i < PIPELINE_FRAME; i++)
            mic[i] = talker_limit(speech[at + i] + hiss[at + i]);
        pipeline_tick(&pipeline, mic, speaker);
        g711_mu_law.decode(NULL, packet_ring_peek(&pipeline.streams[0].sent)->octets + RTP_HEADER, out, PIPELINE_FRAME);
        packet_ring_release(&pipeline.streams[0].sent);
        for (uint32_t i = 0; i < PIPELINE_FRAME; i++)
            sent[at + i] = out[i];
    }
}

/* RMS level in dBov of talk that is sent, and of a stretch between seconds. */
static double talk_level(void) {
    double energy = 0, count = 0;

    for (uint32_t i = LEARNT * TALKER_RATE; i < TALK * TALKER_RATE; i++) {
        energy += talks(i) ? sent[i] * sent[i] : 0;
        count += talks(i);
    }
    return talker_decibels(energy / count, 32768.0 * 32768.0);
}

static double level(const double *sound, double from, double to) {
    double energy = 0;
    uint32_t begin = (uint32_t)(from * TALKER_RATE), end = (uint32_t)(to * TALKER_RATE);

    for (uint32_t i = begin; i < end; i++)
        energy += sound[i] * sound[i];
    return talker_decibels(energy / (end - begin), 32768.0 * 32768.0);
}

static double peak(double from, double to) {
    double most = 0;

    for (uint32_t i = (uint32_t)(from * TALKER_RATE); i < (uint32_t)(to * TALKER_RATE); i++)
        most = fabs(sent[i]) > most ? fabs(sent[i]) : most;
    return most;
}

/* How much louder talk is in what was sent than it was, in dB, by projection at the delay that explains most. */
static double kept(void) {
    double best = 0;

    for (uint32_t lag = 0; lag <= 2 * PIPELINE_FRAME; lag++) {
        double both = 0, own = 0;

        for (uint32_t i = LEARNT * TALKER_RATE; i < TALK * TALKER_RATE; i++) {
            both += speech[i] * sent[i + lag];
            own += speech[i] * speech[i];
        }
        if (both / own > best)
            best = both / own;
    }
    return 20 * log10(best + 1e-5);
}

/* A ratio of talk and noise, through noise suppression. */
static void denoising(struct denoise *denoise, const char *name, double ratio) {
    make(-26, -26 - ratio);
    call(denoise, false);

    double talk = kept(), pause = level(sent, TALK + 2, TALK + PAUSE) - level(hiss, TALK + 2, TALK + PAUSE);

    printf("\"%s_noise_db\":%.1f,\"%s_talk_db\":%.1f,", name, pause, name, talk);
}

/* A talker through level control: what it comes to, and what becomes of the noise in the pause. */
static void levelling(const char *name, double talk_dbov, double noise_dbov) {
    make(talk_dbov, noise_dbov);
    call(NULL, true);
    printf("\"%s_dbov\":%.1f,\"%s_noise_begin_dbov\":%.1f,\"%s_noise_end_dbov\":%.1f,\"%s_peak\":%.0f", name,
           talk_level(), name, level(sent, TALK + 1, TALK + 2), name, level(sent, TALK + PAUSE - 1, TALK + PAUSE), name,
           peak(0, SECONDS));
}

int main(void) {
    struct denoise *denoise = denoise_open(false);

    printf("{");
    if (denoise) {
        denoising(denoise, "snr_10", 10);
        denoising(denoise, "snr_20", 20);
        denoising(denoise, "snr_40", 40);
        denoise_close(denoise);
    }
    levelling("soft", -36, -70);
    printf(",");
    levelling("usual", -24, -70);
    printf(",");
    levelling("loud", -10, -70);
    printf(",");
    levelling("soft_in_noise", -36, -50);
    printf("}\n");
    return 0;
}
