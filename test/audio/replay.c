/*
 * Plays a network trace (test/traces/README.md) from standard input through the pipeline, tick by tick. Prints one line
 * for every tick: its number, the timestamp that is played with it, counted from the first packet's, and whether there
 * was sound as received. The last line: packets received, too late to be played, times that the delay was changed.
 */
#include "g711.h"
#include "pipeline.h"
#include "trace.h"

#include <math.h>
#include <stdio.h>

#define TAIL 100

static struct pipeline pipeline;
static struct trace trace;

/* A voice of 120 Hz with some harmonics that comes and goes. */
static int16_t voice(uint32_t at) {
    double time = at / 8000.0, sum = 0;

    for (int harmonic = 1; harmonic <= 5; harmonic++)
        sum += sin(2 * M_PI * 120 * harmonic * time) / harmonic;
    return (int16_t)(sum * 6000 * (0.6 + 0.4 * sin(2 * M_PI * 2 * time)));
}

static void deliver(const struct trace_arrival *arrival) {
    struct packet *packet = packet_ring_reserve(&pipeline.streams[0].received);
    uint32_t timestamp = arrival->packet * trace.samples;
    int16_t sound[480];

    for (uint32_t i = 0; i < trace.samples; i++)
        sound[i] = voice(timestamp + i);
    rtp_build(packet->octets, RTP_PCMU, arrival->packet == 0, (uint16_t)arrival->packet, timestamp, 1);
    g711_mu_law.encode(NULL, sound, packet->octets + RTP_HEADER, trace.samples);
    packet->length = (uint16_t)(RTP_HEADER + trace.samples);
    packet->arrival = (uint32_t)arrival->time;
    packet->address = packet->port = 1;
    packet_ring_publish(&pipeline.streams[0].received);
}

int main(void) {
    const uint32_t *counters = pipeline.streams[0].counters;
    uint32_t next = 0;
    int16_t mic[PIPELINE_FRAME] = {0}, speaker[PIPELINE_FRAME];

    if (!trace_read(&trace, stdin))
        return 1;
    pipeline_reset(&pipeline);
    pipeline_set_route(&pipeline, ROUTE_HANDSET);
    pipeline_open_receive(&pipeline, 0, RTP_PCMU, trace.samples / 8);
    for (uint32_t tick = 0, rest = TAIL; rest > 0; tick++) {
        uint32_t played = counters[STATISTIC_FRAMES_PLAYED], concealed = counters[STATISTIC_CONCEALED_FRAMES];

        /* No more at once than the ring holds. */
        for (uint32_t slots = PACKET_SLOTS; slots > 0 && next < trace.count; slots--, next++) {
            if (trace.arrivals[next].time > tick * (double)PIPELINE_FRAME)
                break;
            deliver(&trace.arrivals[next]);
        }
        pipeline_tick(&pipeline, mic, speaker);
        if (next == trace.count)
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
