/*
 * A call for fuzzers; see packets.h.
 */
#include "packets.h"

#include <stdlib.h>
#include <string.h>

static uint32_t now;
static uint32_t delivered;

uint8_t script_octet(struct script *script) {
    if (script->count == 0)
        return 0;
    script->count--;
    return *script->octets++;
}

uint16_t script_word(struct script *script) {
    uint8_t high = script_octet(script);

    return (uint16_t)(high << 8 | script_octet(script));
}

const uint8_t *script_take(struct script *script, uint32_t most, uint32_t *count) {
    const uint8_t *octets = script->octets;

    *count = script->count < most ? (uint32_t)script->count : most;
    script->octets += *count;
    script->count -= *count;
    return octets;
}

void call_begin(struct pipeline *pipeline, uint32_t payload_type) {
    static const uint32_t seed[3] = {0x01020304, 65533, 0xFFFFFF80};

    now = 0xFFFFF000;
    delivered = 0;
    pipeline_reset(pipeline);
    pipeline_set_reports(pipeline, true);
    pipeline_set_route(pipeline, ROUTE_HANDSET);
    pipeline_set_wideband(pipeline, true);
    pipeline_open_receive(pipeline, 0, payload_type, 20);
    pipeline_start_transmit(pipeline, 0, payload_type, 20, seed);
    pipeline_set_rate(pipeline, pipeline_rate(pipeline));
}

void call_deliver(struct pipeline *pipeline, const uint8_t *octets, uint32_t length, uint32_t early) {
    struct packet *packet = packet_ring_reserve(&pipeline->streams[0].received);

    if (!packet)
        return;
    /* What lies behind the packet in its slot is poison to whoever reads it. */
    memset(packet->octets, 0xA5, sizeof packet->octets);
    memcpy(packet->octets, octets, length < PACKET_OCTETS ? length : PACKET_OCTETS);
    packet->length = (uint16_t)length;
    packet->arrival = now - early;
    packet->address = 0x7F000001;
    packet->port = 20000;
    packet_ring_publish(&pipeline->streams[0].received);
    delivered += !rtcp_is(octets, length);
}

static void check_sent(struct pipeline *pipeline) {
    const struct packet *packet;

    while ((packet = packet_ring_peek(&pipeline->streams[0].sent)) != NULL) {
        struct rtp_packet rtp;

        if (packet->length > PACKET_OCTETS)
            abort();
        if (!rtcp_is(packet->octets, packet->length) && !rtp_parse(packet->octets, packet->length, &rtp))
            abort();
        packet_ring_release(&pipeline->streams[0].sent);
    }
}

void call_tick(struct pipeline *pipeline, uint32_t ticks) {
    static const int16_t mic[PIPELINE_FRAME_MOST] = {100, -100, 32767, -32768};
    int16_t speaker[PIPELINE_FRAME_MOST];

    for (uint32_t i = 0; i < ticks; i++) {
        const uint32_t *counters = pipeline->streams[0].counters;

        pipeline_tick(pipeline, mic, speaker);
        now += PIPELINE_FRAME;
        check_sent(pipeline);

        /* An array in a struct is somewhere. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        uint32_t taken = counters[STATISTIC_PACKETS_RECEIVED] + counters[STATISTIC_PACKETS_DUPLICATE] +
                         counters[STATISTIC_PACKETS_STRAY];

        /* Those received may be discarded as well. */
        if (taken > delivered || taken + counters[STATISTIC_PACKETS_DISCARDED] < delivered)
            abort();
        if (counters[STATISTIC_CONCEALED_FRAMES] > counters[STATISTIC_FRAMES_PLAYED] ||
            counters[STATISTIC_MOS] > 45000 || counters[STATISTIC_CONCEALMENT_INTERVAL] > 10000)
            abort();
    }
}
