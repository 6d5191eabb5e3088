/*
 * Streams, tones, mixing and the tick; see pipeline.h.
 */
#include "pipeline.h"
#include "g711.h"
#include "gain.h"

#include <stddef.h>
#include <string.h>

uint32_t pipeline_size(void) {
    return sizeof(struct pipeline);
}

void pipeline_reset(struct pipeline *pipeline) {
    memset(pipeline, 0, sizeof *pipeline);
    memset(pipeline->volumes, GAIN_STEP_UNITY, sizeof pipeline->volumes);
    pipeline->ringer_gain = GAIN_UNITY;
}

static bool acceptable(uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    return stream < PIPELINE_STREAMS && (payload_type == RTP_PCMU || payload_type == RTP_PCMA) && packet_time >= 10 &&
           packet_time <= 60 && packet_time % 10 == 0;
}

bool pipeline_open_receive(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    if (!acceptable(stream, payload_type, packet_time))
        return false;

    struct stream *to = &pipeline->streams[stream];

    packet_ring_clear(&to->received);
    receiver_open(&to->receiver, payload_type);
    memset(to->counters + STATISTIC_PACKETS_RECEIVED, 0,
           (STATISTIC_PAYLOAD_TYPE_RECEIVED - STATISTIC_PACKETS_RECEIVED) * sizeof *to->counters);
    to->counters[STATISTIC_PAYLOAD_TYPE_RECEIVED] = payload_type;
    to->counters[STATISTIC_PACKET_TIME_RECEIVED] = packet_time;
    return true;
}

void pipeline_close_receive(struct pipeline *pipeline, uint32_t stream) {
    if (stream < PIPELINE_STREAMS)
        pipeline->streams[stream].receiver.open = false;
}

bool pipeline_start_transmit(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time,
                             const uint32_t seed[3]) {
    if (!acceptable(stream, payload_type, packet_time))
        return false;

    struct stream *to = &pipeline->streams[stream];

    to->counters[STATISTIC_PACKETS_SENT] = 0;
    to->counters[STATISTIC_OCTETS_SENT] = 0;
    to->counters[STATISTIC_PAYLOAD_TYPE_SENT] = payload_type;
    to->counters[STATISTIC_PACKET_TIME_SENT] = packet_time;
    to->transmitter = (struct transmitter){
        .open = true,
        .marker = true,
        .payload_type = (uint8_t)payload_type,
        .sequence = (uint16_t)seed[1],
        .samples = (uint16_t)(packet_time * 8),
        .timestamp = seed[2],
        .ssrc = seed[0],
    };
    return true;
}

void pipeline_stop_transmit(struct pipeline *pipeline, uint32_t stream) {
    if (stream < PIPELINE_STREAMS)
        pipeline->streams[stream].transmitter.open = false;
}

void pipeline_start_tone(struct pipeline *pipeline, uint32_t id) {
    tone_play(&pipeline->tone, tone_by_id(id), false);
}

void pipeline_stop_tone(struct pipeline *pipeline) {
    tone_play(&pipeline->tone, NULL, false);
}

void pipeline_ring(struct pipeline *pipeline, uint32_t mode, bool once) {
    tone_play(&pipeline->ringer, tone_by_ringer(mode), once);
}

void pipeline_set_route(struct pipeline *pipeline, uint32_t route) {
    pipeline->route = (uint8_t)(route < ROUTE_COUNT ? route : ROUTE_NONE);
}

void pipeline_set_mute(struct pipeline *pipeline, bool muted) {
    pipeline->muted = muted;
}

void pipeline_set_volume(struct pipeline *pipeline, uint32_t route, uint32_t step) {
    if (route < ROUTE_COUNT)
        pipeline->volumes[route] = (uint8_t)(step < GAIN_STEPS ? step : GAIN_STEPS - 1);
}

bool pipeline_transmitting(const struct pipeline *pipeline) {
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        if (pipeline->streams[i].transmitter.open)
            return true;
    }
    return false;
}

bool pipeline_active(const struct pipeline *pipeline) {
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        if (pipeline->streams[i].receiver.open)
            return true;
    }
    return pipeline_transmitting(pipeline) || tone_playing(&pipeline->tone) || tone_playing(&pipeline->ringer);
}

/* Encodes a frame into the packet being filled, and sends that when it is full. */
static void transmit(struct stream *stream, const int16_t mic[PIPELINE_FRAME]) {
    struct transmitter *transmitter = &stream->transmitter;
    enum g711_law law = transmitter->payload_type == RTP_PCMU ? G711_MU_LAW : G711_A_LAW;

    if (transmitter->filled == 0)
        transmitter->packet = packet_ring_reserve(&stream->sent);
    if (transmitter->packet)
        g711_encode(law, mic, transmitter->packet->octets + RTP_HEADER + transmitter->filled, PIPELINE_FRAME);
    transmitter->filled += PIPELINE_FRAME;
    if (transmitter->filled < transmitter->samples)
        return;

    struct packet *packet = transmitter->packet;

    if (packet) {
        rtp_build(packet->octets, transmitter->payload_type, transmitter->marker, transmitter->sequence,
                  transmitter->timestamp, transmitter->ssrc);
        packet->length = (uint16_t)(RTP_HEADER + transmitter->samples);
        packet_ring_publish(&stream->sent);
        transmitter->marker = false;
        transmitter->sequence++;
        stream->counters[STATISTIC_PACKETS_SENT]++;
        stream->counters[STATISTIC_OCTETS_SENT] += transmitter->samples;
    }
    transmitter->timestamp += transmitter->samples;
    transmitter->filled = 0;
}

void pipeline_tick(struct pipeline *pipeline, const int16_t mic[PIPELINE_FRAME], int16_t speaker[PIPELINE_FRAME]) {
    static const int16_t silence[PIPELINE_FRAME];
    const int16_t *heard = pipeline->muted || pipeline->route == ROUTE_NONE ? silence : mic;
    int16_t more[PIPELINE_FRAME];
    bool sounds = false;

    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        struct stream *stream = &pipeline->streams[i];

        if (stream->transmitter.open)
            transmit(stream, heard);
        if (stream->receiver.open &&
            receiver_frame(&stream->receiver, &stream->received, stream->counters, sounds ? more : speaker)) {
            if (sounds)
                gain_mix(speaker, more, PIPELINE_FRAME);
            sounds = true;
        }
    }
    if (tone_playing(&pipeline->tone) && tone_frame(&pipeline->tone, sounds ? more : speaker)) {
        if (sounds)
            gain_mix(speaker, more, PIPELINE_FRAME);
        sounds = true;
    }

    int32_t gain = pipeline->route == ROUTE_NONE ? 0 : gain_of_step(pipeline->volumes[pipeline->route]);

    if (sounds)
        gain_apply(speaker, PIPELINE_FRAME, pipeline->speaker_gain, gain);
    pipeline->speaker_gain = gain;

    gain = gain_of_step(pipeline->volumes[0]);
    if (tone_playing(&pipeline->ringer) && tone_frame(&pipeline->ringer, sounds ? more : speaker)) {
        gain_apply(sounds ? more : speaker, PIPELINE_FRAME, pipeline->ringer_gain, gain);
        if (sounds)
            gain_mix(speaker, more, PIPELINE_FRAME);
        sounds = true;
    }
    pipeline->ringer_gain = gain;
    if (!sounds)
        memset(speaker, 0, PIPELINE_FRAME * sizeof *speaker);
}
