/*
 * The sending side of a stream: microphone frames to RTP packets of G.711, in pauses to comfort noise (RFC 3389) where
 * silence suppression is asked for, and keys to telephone events (RFC 4733) in place of sound.
 */
#ifndef LINNET_TRANSMITTER_H
#define LINNET_TRANSMITTER_H

#include "activity.h"
#include "frame.h"
#include "packets.h"

#include <stdbool.h>
#include <stdint.h>

/* Keys that can wait to be sent. A power of two. */
#define TRANSMITTER_EVENTS 16

struct transmitter {
    bool open;
    bool marker;
    bool suppress;
    /* The packet being filled has voice in it. */
    bool voice;
    /* Pauses are being sent as comfort noise. */
    bool silent;
    uint8_t payload_type;
    /* Payload type of events; 0 is none. */
    uint8_t event_type;
    /* Noise level sent last, and samples since then. */
    uint8_t noise;
    uint16_t noise_age;
    uint16_t sequence;
    /* Samples in a packet, and those in the one being filled. */
    uint16_t samples;
    uint16_t filled;
    uint32_t timestamp;
    uint32_t ssrc;
    /* The packet being filled; null while none is, or while the ring is full. */
    struct packet *packet;
    struct activity activity;
    /* Keys from `event_first` on wait; the first of them is being sent when `event_samples` is not 0. */
    struct {
        uint8_t code;
        uint16_t samples;
    } events[TRANSMITTER_EVENTS];
    uint8_t event_first;
    uint8_t event_count;
    /* Times that the end has been sent. */
    uint8_t event_ends;
    uint16_t event_samples;
    uint32_t event_timestamp;
};

/* Opens for RTP_PCMU or RTP_PCMA; `seed` as in pipeline_start_transmit. */
void transmitter_open(struct transmitter *transmitter, uint32_t payload_type, uint32_t packet_time,
                      const uint32_t seed[3]);

/* Comfort noise in pauses or not; payload type of events, RTP_DYNAMIC to RTP_TYPE_MOST, anything else is none: then
 * keys that wait are dropped. */
void transmitter_set(struct transmitter *transmitter, bool suppress, uint32_t event_type);

/* Queues an event 0-16 of 10-8000 ms; false when events are off, the values wrong or too many keys wait. */
bool transmitter_event(struct transmitter *transmitter, uint32_t event, uint32_t milliseconds);

/* Takes a frame; a packet that is full goes to `sent`. Counts packets and octets into `counters`, those of enum
 * statistic. */
void transmitter_frame(struct transmitter *transmitter, const int16_t mic[PIPELINE_FRAME], struct packet_ring *sent,
                       uint32_t *counters);

#endif
