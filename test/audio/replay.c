/*
 * Plays a network trace (test/traces/README.md) from standard input through the pipeline, tick by tick. Prints one line
 * for every tick: its number, the timestamp that is played with it, counted from the first packet's, and whether there
 * was sound as received. The last line: packets received, too late to be played, times that the delay was changed.
 */
#include "g711.h"
#include "pipeline.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PACKETS_MOST 60000
#define TAIL 100
#define LOST -1.0

static struct pipeline pipeline;
/* Times of arrival in samples since the sender began, and the packets' order. */
static double arrivals[PACKETS_MOST];
static uint32_t order[PACKETS_MOST];

static int earlier(const void *a, const void *b) {
    double first = arrivals[*(const uint32_t *)a], second = arrivals[*(const uint32_t *)b];

    return first < second ? -1 : first > second ? 1 : *(const uint32_t *)a < *(const uint32_t *)b ? -1 : 1;
}

/* Reads a trace; returns the count of its packets. */
static uint32_t read_trace(uint32_t *samples) {
    char word[256];
    double skew = 0;
    uint32_t count = 0;

    while (count < PACKETS_MOST && scanf("%255s", word) == 1) {
        if (word[0] == '#') {
            if (!fgets(word, sizeof word, stdin))
                break;
        } else if (strcmp(word, "packet_time") == 0) {
            *samples = scanf("%255s", word) == 1 ? (uint32_t)atoi(word) * 8 : 160;
        } else if (strcmp(word, "skew_ppm") == 0) {
            skew = scanf("%255s", word) == 1 ? atof(word) / 1e6 : 0;
        } else {
            arrivals[count] = word[0] == '-' ? LOST : (count + 1.0) * *samples / (1 + skew) + atof(word);
            count++;
        }
    }
    return count;
}

/* A voice of 120 Hz with some harmonics that comes and goes. */
static int16_t voice(uint32_t at) {
    double time = at / 8000.0, sum = 0;

    for (int harmonic = 1; harmonic <= 5; harmonic++)
        sum += sin(2 * M_PI * 120 * harmonic * time) / harmonic;
    return (int16_t)(sum * 6000 * (0.6 + 0.4 * sin(2 * M_PI * 2 * time)));
}

static void deliver(uint32_t index, uint32_t samples) {
    struct packet *packet = packet_ring_reserve(&pipeline.streams[0].received);
    int16_t sound[480];

    for (uint32_t i = 0; i < samples; i++)
        sound[i] = voice(index * samples + i);
    rtp_build(packet->octets, RTP_PCMU, index == 0, (uint16_t)index, index * samples, 1);
    g711_mu_law.encode(NULL, sound, packet->octets + RTP_HEADER, samples);
    packet->length = (uint16_t)(RTP_HEADER + samples);
    packet->arrival = (uint32_t)arrivals[index];
    packet->address = packet->port = 1;
    packet_ring_publish(&pipeline.streams[0].received);
}

int main(void) {
    const uint32_t *counters = pipeline.streams[0].counters;
    uint32_t samples = 160, count = read_trace(&samples), sorted = 0, next = 0;
    int16_t mic[PIPELINE_FRAME] = {0}, speaker[PIPELINE_FRAME];

    for (uint32_t i = 0; i < count; i++) {
        if (arrivals[i] != LOST)
            order[sorted++] = i;
    }
    qsort(order, sorted, sizeof *order, earlier);
    pipeline_reset(&pipeline);
    pipeline_set_route(&pipeline, ROUTE_HANDSET);
    pipeline_open_receive(&pipeline, 0, RTP_PCMU, samples / 8);
    for (uint32_t tick = 0, rest = TAIL; rest > 0; tick++) {
        uint32_t played = counters[STATISTIC_FRAMES_PLAYED], concealed = counters[STATISTIC_CONCEALED_FRAMES];

        /* No more at once than the ring holds. */
        for (uint32_t slots = PACKET_SLOTS; slots > 0 && next < sorted; slots--, next++) {
            if (arrivals[order[next]] > tick * (double)PIPELINE_FRAME)
                break;
            deliver(order[next], samples);
        }
        pipeline_tick(&pipeline, mic, speaker);
        if (next == sorted)
            rest--;
        if (pipeline.streams[0].receiver.jitter.started)
            printf("%u %d %u\n", tick, (int32_t)(pipeline.streams[0].receiver.jitter.cursor - PIPELINE_FRAME),
                   counters[STATISTIC_FRAMES_PLAYED] != played && counters[STATISTIC_CONCEALED_FRAMES] == concealed);
    }
    printf("%u %u %u\n", counters[STATISTIC_PACKETS_RECEIVED],
           counters[STATISTIC_PACKETS_LATE] + counters[STATISTIC_PACKETS_DISCARDED],
           pipeline.streams[0].receiver.jitter.adaptations);
    return 0;
}
