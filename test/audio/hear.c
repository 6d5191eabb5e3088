/*
 * Speech over a network trace: `hear SPEECH FOLDER [NAME...] < TRACE` plays SPEECH (16-bit samples, 8 kHz, no header)
 * as one call to each listener (listener.h), or to those named, and writes what it hears to FOLDER/<name>.pcm, frame by
 * frame from the time at which the sender began. Prints a line for each: name, mean delay in samples, frames concealed,
 * frames, adaptations; and one for the trace: `least` and the least time on the way. The delay is that which the
 * listener adds for a packet as early as the earliest: from the time at which a sample could be there, its packet full
 * and come, to that at which it is played.
 */
#include "g711.h"
#include "listener.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

static const struct listener *const listeners[] = {&listener_linnet, &listener_fixed_60, &listener_fixed_120,
                                                   &listener_speex};
static struct trace trace;
static int16_t speech[LISTENER_SAMPLES];
static uint8_t codes[LISTENER_SAMPLES];
static uint32_t samples;

static bool read_speech(const char *name) {
    FILE *file = fopen(name, "rb");

    if (!file) {
        perror(name);
        return false;
    }
    samples = (uint32_t)fread(speech, sizeof *speech, LISTENER_SAMPLES, file);
    fclose(file);
    if (samples < trace.packets * trace.samples) {
        fprintf(stderr, "hear: %u samples of speech for %u packets of %u\n", samples, trace.packets, trace.samples);
        return false;
    }
    return true;
}

/* What is sent, as a receiver hears it that loses nothing. */
static bool encode(const char *folder) {
    char name[4096];

    snprintf(name, sizeof name, "%s/sent.pcm", folder);

    FILE *file = fopen(name, "wb");

    if (!file) {
        perror(name);
        return false;
    }
    g711_mu_law.encode(NULL, speech, codes, samples);
    g711_mu_law.decode(NULL, codes, speech, samples);
    fwrite(speech, sizeof *speech, samples, file);
    return fclose(file) == 0;
}

static bool hear(const struct listener *listener, const char *folder) {
    char name[4096];
    uint32_t next = 0, frames = 0, concealed = 0;
    int32_t end = (int32_t)(trace.packets * trace.samples);
    double delay = 0;

    snprintf(name, sizeof name, "%s/%s.pcm", folder, listener->name);

    FILE *file = fopen(name, "wb");

    if (!file || !listener->open(listener, trace.samples)) {
        fprintf(stderr, "hear: %s cannot begin with %s\n", listener->name, name);
        return false;
    }
    /* What has not been played a second after its time is not played any more. */
    for (uint32_t tick = 0; tick * PIPELINE_FRAME < (uint32_t)end + 16000; tick++) {
        int16_t sound[PIPELINE_FRAME] = {0};
        int32_t timestamp = 0;

        while (
            next < trace.count && trace.arrivals[next].time <= tick * (double)PIPELINE_FRAME &&
            listener->take(listener, trace.arrivals[next].packet, codes + trace.arrivals[next].packet * trace.samples))
            next++;

        enum heard heard = listener->frame(listener, sound, &timestamp);

        fwrite(sound, sizeof *sound, PIPELINE_FRAME, file);
        /* Before the first packet's sound and after the last one's there is nothing to be heard. */
        if (heard == HEARD_NOTHING || timestamp < 0 || timestamp >= end)
            continue;
        delay += tick * (double)PIPELINE_FRAME - trace_sent(&trace, timestamp) - trace.least;
        frames++;
        concealed += heard == HEARD_CONCEALED;
    }
    printf("%s %.2f %u %u %u\n", listener->name, frames > 0 ? delay / frames : 0, concealed, frames,
           listener->adaptations(listener));
    return fclose(file) == 0 && frames > 0;
}

static bool asked(const char *name, int count, char **names) {
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return count == 0;
}

int main(int argc, char **argv) {
    if (argc < 3 || !trace_read(&trace, stdin) || !read_speech(argv[1]) || !encode(argv[2]))
        return 1;
    printf("least %.2f\n", trace.least);
    for (uint32_t i = 0; i < sizeof listeners / sizeof *listeners; i++) {
        if (asked(listeners[i]->name, argc - 3, argv + 3) && !hear(listeners[i], argv[2]))
            return 1;
    }
    return 0;
}
