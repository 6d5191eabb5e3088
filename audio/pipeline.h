/*
 * The audio of a phone as one static struct: from the microphone to packets and from packets to the speaker, 10 ms a
 * tick. No lock, heap, clock or socket: a port calls pipeline_tick in time and moves the packets, and sees to it that
 * no other function here runs at the same time, but for those of the packet rings.
 */
#ifndef LINNET_PIPELINE_H
#define LINNET_PIPELINE_H

#include "bands.h"
#include "bridge.h"
#include "denoise.h"
#include "duplex.h"
#include "echo.h"
#include "frame.h"
#include "gain.h"
#include "level.h"
#include "packets.h"
#include "quality.h"
#include "receiver.h"
#include "statistics.h"
#include "tone_set.h"
#include "tones.h"
#include "transmitter.h"

#define PIPELINE_STREAMS 2

/* `Route` of hal/hardware.ts; in the array of volumes 0 is the ringer's. */
enum route { ROUTE_NONE, ROUTE_HANDSET, ROUTE_HEADSET, ROUTE_SPEAKER, ROUTE_COUNT };

struct stream {
    struct packet_ring received;
    struct packet_ring sent;
    struct receiver receiver;
    struct transmitter transmitter;
    struct quality quality;
    uint32_t counters[STATISTIC_COUNT];
    /* Between the rates of the codecs and of the ticks. */
    struct bridge hearing;
    struct bridge speaking;
};

struct pipeline {
    struct tone_player tone;
    /* The same towards the far end, in all that is sent. */
    struct tone_player network;
    /* Key feedback. */
    struct tone_player key;
    struct tone_player ringer;
    /* What is heard of it in a call, and ticks for which it would have rung there, as far as they matter. */
    struct tone_player beep;
    uint8_t ringing;
    /* Null without a canceller; then the loudspeaker has the line by turns with the microphone where that is asked for.
     */
    struct echo *echo;
    struct duplex duplex;
    bool half_duplex;
    /* What handset and headset have in its place: null without noise suppression. `refines`: any of it is in force. */
    struct denoise *denoise;
    struct level level;
    bool levels;
    bool refines;
    /* Gains in force at the end of the last tick, and those asked for; see gain.h. */
    int32_t speaker_gain;
    int32_t ringer_gain;
    int32_t mic_gain;
    int32_t sidetone_gain;
    int32_t sidetone;
    /* Routes, a bit each, on which the body lets the user hear himself without the pipeline. */
    uint8_t sidetone_left;
    struct limiter limiter;
    uint8_t volumes[ROUTE_COUNT];
    /* Asked for, and in force: a change waits until sound has faded out. */
    uint8_t route;
    uint8_t routed;
    bool muted;
    bool reports;
    bool wideband;
    /* Something may be open whose sound has another rate than the ticks, or has had it just now. */
    bool across;
    /* Of the frames of ticks, in kHz. */
    uint8_t rate;
    uint16_t country;
    /* What the canceller has at 16 kHz. */
    struct bands bands;
    /* Last: what lies behind so much takes more instructions to reach. */
    struct stream streams[PIPELINE_STREAMS];
    /* A server's; at the end, out of the way of what each tick reads. */
    struct tone_set tones;
};

/* Makes all silent and closed, volumes at the step that changes nothing, route none. */
void pipeline_reset(struct pipeline *pipeline);

/* Whether codecs of 16 kHz are accepted; not at first. */
void pipeline_set_wideband(struct pipeline *pipeline, bool wideband);

/* Whether there is such a stream, and it can carry this: the payload type of a codec, packet time in ms, tens from 10
 * to CODEC_PACKET_TIME. */
bool pipeline_accepts(const struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time);

/* Opens the receiving side. False when pipeline_accepts says so. */
bool pipeline_open_receive(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time);
void pipeline_close_receive(struct pipeline *pipeline, uint32_t stream);

/* Starts sending; `seed` holds random SSRC, first sequence number and first timestamp. False as above. */
bool pipeline_start_transmit(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time,
                             const uint32_t seed[3]);
/* Leaves RTCP's farewell in the ring where reports are on: the port sends it before it forgets whom to. */
void pipeline_stop_transmit(struct pipeline *pipeline, uint32_t stream);
/* Of a stream that has been started; starting it turns both off. `suppress`: comfort noise in pauses (RFC 3389).
 * `event_type`: payload type 96-127 of RFC 4733 events, anything else is none. */
void pipeline_set_transmit(struct pipeline *pipeline, uint32_t stream, bool suppress, uint32_t event_type);
/* Sends a key as an event in place of sound; see transmitter_event. */
bool pipeline_send_event(struct pipeline *pipeline, uint32_t stream, uint32_t event, uint32_t milliseconds);

/* Whether streams whose sending begins from now on send RTCP reports and read those that come; off at first. */
void pipeline_set_reports(struct pipeline *pipeline, bool reports);
/* Names the peer, of which alone packets are played from now on, as receiver_set_peer says; address 0: anybody. */
void pipeline_set_peer(struct pipeline *pipeline, uint32_t stream, uint32_t address, uint32_t port);
/* Whether a packet that has come for an open stream may take a slot of its ring, in which the peer's packets need room
 * whoever else sends; counts it if not. */
bool pipeline_expects(struct pipeline *pipeline, uint32_t stream, const struct packet *packet);
/* Takes what is in the ring of an open stream before the tick does: there is room for more of what has come. */
void pipeline_take(struct pipeline *pipeline, uint32_t stream);
/* Payload type under which the peer sends RFC 4733 events into the stream that was opened last; 0: none. */
void pipeline_receive_events(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type);

/* Who hears a tone: SCCP's numbers. */
enum tone_direction { TONE_USER, TONE_NETWORK, TONE_BOTH };

/* SCCP's ids for silence. */
enum { TONE_NONE = 0, TONE_SILENCE = 0x7F };

/* Tones by SCCP id, rings by SCCP ringer mode; what is unknown is silence. False for an unknown id. */
bool pipeline_start_tone(struct pipeline *pipeline, uint32_t id, uint32_t direction);
/* Stops it in both directions: at once with `cut`, else a signal (tone_is_signal) is heard first. */
void pipeline_stop_tone(struct pipeline *pipeline, bool cut);
/* It rings on the loudspeaker alone, and there only while nothing else is listened to: in an ear, and in a call, the
 * country's call waiting tone stands for it, at the volume of the route. Returns how long it sounds in ms where it
 * rings once, else 0. */
uint32_t pipeline_ring(struct pipeline *pipeline, uint32_t mode, bool once);
/* Whose tones are played from now on, by the country's E.164 code; what has none here sounds as in the US. */
void pipeline_set_locale(struct pipeline *pipeline, uint32_t country);
/* Tones of a server in place of the country's own, from a table as tone_set.h has it; none with 0 numbers. What sounds
 * of other such tones begins anew, or ends where there is none of its kind any more. False, and nothing changes, when
 * it is no such table. */
bool pipeline_set_tones(struct pipeline *pipeline, const uint16_t *numbers, uint32_t count);
/* The short sound of a key, by its RFC 4733 event 0-15, over all else that sounds. */
void pipeline_key_tone(struct pipeline *pipeline, uint32_t event);
/* What rings sound like: a bell of tone_bell, or the samples of a ring file, which stay where they are while in use.
 * False, and nothing changes, when they are no ring file. */
void pipeline_set_bell(struct pipeline *pipeline, uint32_t bell);
bool pipeline_set_ring_file(struct pipeline *pipeline, const uint8_t *codes, uint32_t count);
/* The bell of before the ring file sounds again. */
void pipeline_drop_ring_file(struct pipeline *pipeline);
/* The samples of the ring file in use, null for none. */
const uint8_t *pipeline_ring_file(const struct pipeline *pipeline);

/* A change waits for at most one tick, in which sound fades out. Route `none` plays only the ringer and sends silence.
 */
void pipeline_set_route(struct pipeline *pipeline, uint32_t route);
void pipeline_set_mute(struct pipeline *pipeline, bool muted);
/* Steps as in gain.h; route 0 is the ringer. */
void pipeline_set_volume(struct pipeline *pipeline, uint32_t route, uint32_t step);
/* How loud the own voice is in handset and headset: a step of gain.h below 24 dB, 0 is off. So 1-24 are -48 to -13.5
 * dB. */
void pipeline_set_sidetone(struct pipeline *pipeline, uint32_t step);
/* Leaves sidetone on these routes, a bit each, to the body, whose codec has it without the frames' delay. */
void pipeline_leave_sidetone(struct pipeline *pipeline, uint32_t routes);
/* Whether the user is to hear himself, now that the last tick is over: in handset or headset, in what is sent. */
bool pipeline_has_sidetone(const struct pipeline *pipeline);
/* The canceller to use on the speaker route, null for none. */
void pipeline_set_echo(struct pipeline *pipeline, struct echo *echo);
/* Whether the loudspeaker is heard in the microphone: without a canceller both then take turns (duplex.h). */
void pipeline_set_half_duplex(struct pipeline *pipeline, bool half_duplex);

/* What is sent from handset and headset: with less noise, null for as it is, and nearer to one level. None at first. */
void pipeline_set_denoise(struct pipeline *pipeline, struct denoise *denoise);
void pipeline_set_level_control(struct pipeline *pipeline, bool levels);
/* The route in force: a port turns its hardware when this has changed. */
uint32_t pipeline_routed(const struct pipeline *pipeline);

/* Whether ticks are needed at all. */
bool pipeline_active(const struct pipeline *pipeline);
/* Whether microphone sound is asked for. */
bool pipeline_transmitting(const struct pipeline *pipeline);

/* Rate in kHz that suits what is open: 16 where a stream has a codec of 16 kHz, else 8. */
uint32_t pipeline_rate(const struct pipeline *pipeline);
/* The rate in kHz, 8 or 16, of the frames of ticks from now on; 8 at first. Streams of the other rate are converted. */
void pipeline_set_rate(struct pipeline *pipeline, uint32_t rate);

/* 10 ms: takes a microphone frame, gives a speaker frame, each of 10 samples for each kHz of the rate; packets come
 * from and go to the streams' rings. */
void pipeline_tick(struct pipeline *pipeline, const int16_t *mic, int16_t *speaker);

/* Size of the whole struct in octets, for those who cannot see it. */
uint32_t pipeline_size(void);

#endif
