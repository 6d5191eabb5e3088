/*
 * The sending side of a stream: microphone frames to RTP packets, in pauses to comfort noise (RFC 3389) where
 * silence suppression is asked for, and keys to telephone events (RFC 4733) in place of sound.
 */
#ifndef LINNET_TRANSMITTER_H
#define LINNET_TRANSMITTER_H

#include "activity.h"
#include "codec.h"
#include "frame.h"
#include "packets.h"

#include <stdbool.h>
#include <stdint.h>

/* Keys that can wait to be sent. A power of two. */
#define TRANSMITTER_EVENTS 16
/* What is sent late when voice begins: packets, and of shorter ones more, up to so many frames. */
#define TRANSMITTER_HELD 2
#define TRANSMITTER_HELD_FRAMES 4
/* Octets of that, with the longest packets. */
#define TRANSMITTER_HELD_OCTETS (TRANSMITTER_HELD * (CODEC_PACKET_TIME / 10) * PIPELINE_FRAME)
/* Longest event in units of the RTP clock: with a packet more it still fits its field. */
#define EVENT_UNITS_MOST 64000

struct transmitter {
    const struct codec *codec;
    union codec_state state;
    bool open;
    bool marker;
    bool suppress;
    /* The packet being filled has voice in it. */
    bool voice;
    /* Pauses are being sent as comfort noise. */
    bool silent;
    /* Payload type of events; 0 is none. */
    uint8_t event_type;
    /* Noise level sent last, and frames since then. */
    uint8_t noise;
    uint8_t noise_age;
    /* Frames in a packet, and those in the one being filled. */
    uint8_t frames;
    uint8_t filled;
    /* Keys from `event_first` on wait; the first of them is being sent when `event_units` of it, in units of the RTP
     * clock, are not 0. */
    uint8_t event_first;
    uint8_t event_count;
    /* Times that the end has been sent. */
    uint8_t event_ends;
    uint16_t event_units;
    uint16_t sequence;
    /* Units of the RTP clock in a packet. */
    uint16_t units;
    uint32_t timestamp;
    uint32_t ssrc;
    /* Payloads of the latest packets of a pause, which were not sent, in a ring: how many, and where the next one goes.
     */
    uint8_t held_count;
    uint8_t held_next;
    uint8_t held[TRANSMITTER_HELD_OCTETS];
    /* The packet being filled; null while none is, or while the ring is full. */
    struct packet *packet;
    struct activity activity;
    struct {
        uint8_t code;
        uint16_t units;
    } events[TRANSMITTER_EVENTS];
    uint32_t event_timestamp;
};

/* Opens for a codec; `packet_time` and `seed` as in pipeline_start_transmit. */
void transmitter_open(struct transmitter *transmitter, const struct codec *codec, uint32_t packet_time,
                      const uint32_t seed[3]);

/* Comfort noise in pauses or not; payload type of events, RTP_DYNAMIC to RTP_TYPE_MOST, anything else is none: then
 * keys that wait are dropped. */
void transmitter_set(struct transmitter *transmitter, bool suppress, uint32_t event_type);

/* Queues an event 0-16 of 10 ms to EVENT_UNITS_MOST of the RTP clock (8 s at 8 kHz); false when events are off, the
 * values wrong or too many keys wait. */
bool transmitter_event(struct transmitter *transmitter, uint32_t event, uint32_t milliseconds);

/* Timestamp of the frame that comes next. */
uint32_t transmitter_now(const struct transmitter *transmitter);

/* Takes a frame, at the codec's rate; a packet that is full goes to `sent`. Counts packets and octets into `counters`,
 * those of enum statistic. */
void transmitter_frame(struct transmitter *transmitter, const int16_t *mic, struct packet_ring *sent,
                       uint32_t *counters);

#endif
