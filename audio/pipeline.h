/*
 * The audio of a phone as one static struct: from the microphone to packets and from packets to the speaker, 10 ms a
 * tick. No lock, heap, clock or socket: a port calls pipeline_tick in time and moves the packets, and sees to it that
 * no other function here runs at the same time, but for those of the packet rings.
 */
#ifndef LINNET_PIPELINE_H
#define LINNET_PIPELINE_H

#include "frame.h"
#include "packets.h"
#include "receiver.h"
#include "statistics.h"
#include "tones.h"

#define PIPELINE_STREAMS 2

/* `Route` of hal/hardware.ts; in the array of volumes 0 is the ringer's. */
enum route { ROUTE_NONE, ROUTE_HANDSET, ROUTE_HEADSET, ROUTE_SPEAKER, ROUTE_COUNT };

struct transmitter {
    bool open;
    bool marker;
    uint8_t payload_type;
    uint16_t sequence;
    /* Samples in a packet, and those in the one being filled. */
    uint16_t samples;
    uint16_t filled;
    uint32_t timestamp;
    uint32_t ssrc;
    /* The packet being filled; null while none is, or while the ring is full. */
    struct packet *packet;
};

struct stream {
    struct packet_ring received;
    struct packet_ring sent;
    struct receiver receiver;
    struct transmitter transmitter;
    uint32_t counters[STATISTIC_COUNT];
};

struct pipeline {
    struct stream streams[PIPELINE_STREAMS];
    struct tone_player tone;
    struct tone_player ringer;
    /* Gains in force at the end of the last tick, and those asked for; see gain.h. */
    int32_t speaker_gain;
    int32_t ringer_gain;
    uint8_t volumes[ROUTE_COUNT];
    uint8_t route;
    bool muted;
};

/* Makes all silent and closed, volumes at the step that changes nothing, route none. */
void pipeline_reset(struct pipeline *pipeline);

/* Opens the receiving side: payload type 0 or 8, packet time 10-60 ms in tens. False when one of them is refused. */
bool pipeline_open_receive(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time);
void pipeline_close_receive(struct pipeline *pipeline, uint32_t stream);

/* Starts sending; `seed` holds random SSRC, first sequence number and first timestamp. False as above. */
bool pipeline_start_transmit(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time,
                             const uint32_t seed[3]);
void pipeline_stop_transmit(struct pipeline *pipeline, uint32_t stream);

/* Tones by SCCP id, rings by SCCP ringer mode; what is unknown is silence. */
void pipeline_start_tone(struct pipeline *pipeline, uint32_t id);
void pipeline_stop_tone(struct pipeline *pipeline);
void pipeline_ring(struct pipeline *pipeline, uint32_t mode, bool once);

/* Route `none` plays only the ringer and sends silence. */
void pipeline_set_route(struct pipeline *pipeline, uint32_t route);
void pipeline_set_mute(struct pipeline *pipeline, bool muted);
/* Steps as in gain.h; route 0 is the ringer. */
void pipeline_set_volume(struct pipeline *pipeline, uint32_t route, uint32_t step);

/* Whether ticks are needed at all. */
bool pipeline_active(const struct pipeline *pipeline);
/* Whether microphone sound is asked for. */
bool pipeline_transmitting(const struct pipeline *pipeline);

/* 10 ms: takes a microphone frame, gives a speaker frame; packets come from and go to the streams' rings. */
void pipeline_tick(struct pipeline *pipeline, const int16_t mic[PIPELINE_FRAME], int16_t speaker[PIPELINE_FRAME]);

/* Size of the whole struct in octets, for those who cannot see it. */
uint32_t pipeline_size(void);

#endif
