/*
 * The pipeline as a listener; see listener.h.
 */
#include "listener.h"
#include "g711.h"
#include "pipeline.h"

#include <string.h>

static struct pipeline pipeline;
static uint32_t packet_samples;

static bool open_call(const struct listener *listener, uint32_t samples) {
    (void)listener;
    packet_samples = samples;
    pipeline_reset(&pipeline);
    pipeline_set_route(&pipeline, ROUTE_HANDSET);
    return pipeline_open_receive(&pipeline, 0, RTP_PCMU, samples / PIPELINE_MILLISECOND);
}

static bool take(const struct listener *listener, uint32_t index, const uint8_t *codes) {
    struct packet *packet = packet_ring_reserve(&pipeline.streams[0].received);

    (void)listener;
    if (!packet)
        return false;
    rtp_build(packet->octets, RTP_PCMU, index == 0, (uint16_t)index, index * packet_samples, 1);
    memcpy(packet->octets + RTP_HEADER, codes, packet_samples);
    packet->length = (uint16_t)(RTP_HEADER + packet_samples);
    packet->arrival = 0; /* only for the statistics */
    packet->address = packet->port = 1;
    packet_ring_publish(&pipeline.streams[0].received);
    return true;
}

static enum heard frame(const struct listener *listener, int16_t sound[PIPELINE_FRAME], int32_t *timestamp) {
    static const int16_t mic[PIPELINE_FRAME];
    const uint32_t *counters = pipeline.streams[0].counters;
    uint32_t played = counters[STATISTIC_FRAMES_PLAYED], concealed = counters[STATISTIC_CONCEALED_FRAMES];

    (void)listener;
    pipeline_tick(&pipeline, mic, sound);
    *timestamp = (int32_t)(pipeline.streams[0].receiver.jitter.cursor - PIPELINE_FRAME);
    if (!pipeline.streams[0].receiver.jitter.started)
        return HEARD_NOTHING;
    return counters[STATISTIC_FRAMES_PLAYED] != played && counters[STATISTIC_CONCEALED_FRAMES] == concealed
               ? HEARD_SOUND
               : HEARD_CONCEALED;
}

static uint32_t adaptations(const struct listener *listener) {
    (void)listener;
    return pipeline.streams[0].receiver.jitter.adaptations;
}

const struct listener listener_linnet = {
    .name = "linnet", .open = open_call, .take = take, .frame = frame, .adaptations = adaptations};
