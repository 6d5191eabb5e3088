/*
 * One G.711 call with packets of 20 ms, looped back, for so many ticks: what callgrind counts the tick's instructions
 * on.
 */
#include "pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pipeline pipeline;

int main(int argc, char **argv) {
    static const uint32_t seed[3] = {1, 2, 3};
    int16_t mic[PIPELINE_FRAME], speaker[PIPELINE_FRAME];
    uint32_t ticks = argc > 1 ? (uint32_t)atoi(argv[1]) : 1000;
    uint32_t random = 1, sum = 0;

    pipeline_reset(&pipeline);
    pipeline_set_route(&pipeline, ROUTE_HANDSET);
    pipeline_open_receive(&pipeline, 0, RTP_PCMU, 20);
    pipeline_start_transmit(&pipeline, 0, RTP_PCMU, 20, seed);
    for (uint32_t tick = 0; tick < ticks; tick++) {
        for (uint32_t i = 0; i < PIPELINE_FRAME; i++) {
            random = random * 1664525 + 1013904223;
            mic[i] = (int16_t)(random >> 18);
        }
        pipeline_tick(&pipeline, mic, speaker);
        sum += (uint16_t)speaker[0];

        struct packet *sent = packet_ring_peek(&pipeline.streams[0].sent);
        struct packet *received = sent ? packet_ring_reserve(&pipeline.streams[0].received) : NULL;

        if (received) {
            memcpy(received, sent, sizeof *sent);
            received->arrival = tick * PIPELINE_FRAME;
            received->address = 1;
            received->port = 1;
            packet_ring_publish(&pipeline.streams[0].received);
        }
        if (sent)
            packet_ring_release(&pipeline.streams[0].sent);
    }
    printf("%u %u %u\n", pipeline_size(), pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED], sum);
    return 0;
}
