/*
 * What a phone sends that suppresses silence: `voiced FILE...` has the pipeline send each file (16-bit samples at 8
 * kHz, no header) in packets of 20 ms, and prints a line of digits for it, one a frame of 10 ms: 1 where it was sent.
 */
#include "pipeline.h"
#include "g711.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PACKET_TIME 20
/* Ten minutes. */
#define FRAMES 60000

static struct pipeline pipeline;
static char sent[FRAMES + 1];

/* Marks the frames of what has been sent as sound: timestamps count from 0. */
static void mark(void) {
    struct packet_ring *ring = &pipeline.streams[0].sent;
    const struct packet *packet;

    while ((packet = packet_ring_peek(ring)) != NULL) {
        const uint8_t *octets = packet->octets;
        uint32_t timestamp =
            (uint32_t)octets[4] << 24 | (uint32_t)octets[5] << 16 | (uint32_t)octets[6] << 8 | octets[7];

        if ((octets[1] & 127) == RTP_PCMU)
            memset(sent + timestamp / PIPELINE_FRAME, '1', PACKET_TIME / 10);
        packet_ring_release(ring);
    }
}

static bool play(const char *name) {
    static const uint32_t seed[3] = {1, 0, 0};
    int16_t mic[PIPELINE_FRAME], speaker[PIPELINE_FRAME];
    uint32_t frames = 0;
    FILE *file = fopen(name, "rb");

    if (!file) {
        perror(name);
        return false;
    }
    memset(sent, '0', sizeof sent);
    pipeline_reset(&pipeline);
    pipeline_set_route(&pipeline, ROUTE_HANDSET);
    pipeline_start_transmit(&pipeline, 0, RTP_PCMU, PACKET_TIME, seed);
    pipeline_set_transmit(&pipeline, 0, true, 0);
    while (frames < FRAMES && fread(mic, sizeof *mic, PIPELINE_FRAME, file) == PIPELINE_FRAME) {
        pipeline_tick(&pipeline, mic, speaker);
        mark();
        frames++;
    }
    fclose(file);
    sent[frames] = 0;
    puts(sent);
    return true;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (!play(argv[i]))
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
