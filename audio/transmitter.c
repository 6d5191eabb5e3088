/*
 * The sending side of a stream; see transmitter.h. What a packet carries is decided when it is full; the timestamp goes
 * on over what is not sent. Voice is known for voice only when a word has begun: then the packets before, which were
 * held back, go out at once with it, each with the timestamp of its time and the first one marked. So the sender is
 * never late: whatever it sends next is of now. A receiver has those packets some 40 ms later than others of this
 * stretch of talk, plays it from its true beginning, so much later, and makes up for it as for any delay that has
 * become less.
 */
#include "transmitter.h"
#include "rtp.h"
#include "statistics.h"

#include <string.h>

/* Octets of an RFC 4733 event. */
#define EVENT_OCTETS 4
#define EVENT_LAST 16
/* Level of the tone that an event stands for, in dB below 0 dBm0. */
#define EVENT_LEVEL 10
#define EVENT_END 0x80
/* RFC 4733 section 2.5.1.4: the end is sent three times. */
#define EVENT_ENDS 3
/* Comfort noise is sent again after a change of so many dB, and after so many frames anyway. */
#define NOISE_CHANGE 3
#define NOISE_FRAMES 50
/* A change of level is not followed faster than this. */
#define NOISE_LEAST 10

void transmitter_open(struct transmitter *transmitter, const struct codec *codec, uint32_t packet_time,
                      const uint32_t seed[3]) {
    *transmitter = (struct transmitter){
        .codec = codec,
        .open = true,
        .marker = true,
        .frames = (uint8_t)(packet_time / 10),
        .sequence = (uint16_t)seed[1],
        .units = (uint16_t)(packet_time * codec->clock),
        .timestamp = seed[2],
        .ssrc = seed[0],
    };
    codec->reset(&transmitter->state);
    activity_reset(&transmitter->activity);
}

void transmitter_set(struct transmitter *transmitter, bool suppress, uint32_t event_type) {
    transmitter->suppress = suppress;
    transmitter->held_count = 0;
    transmitter->event_type = (uint8_t)(event_type >= RTP_DYNAMIC && event_type <= RTP_TYPE_MOST ? event_type : 0);
    if (transmitter->event_type != 0)
        return;
    transmitter->event_count = transmitter->event_ends = 0;
    transmitter->event_units = 0;
}

bool transmitter_event(struct transmitter *transmitter, uint32_t event, uint32_t milliseconds) {
    uint32_t at = (transmitter->event_first + transmitter->event_count) % TRANSMITTER_EVENTS;

    if (!transmitter->open || transmitter->event_type == 0 || event > EVENT_LAST || milliseconds < 10 ||
        milliseconds > EVENT_UNITS_MOST || milliseconds * transmitter->codec->clock > EVENT_UNITS_MOST ||
        transmitter->event_count == TRANSMITTER_EVENTS)
        return false;
    transmitter->events[at].code = (uint8_t)event;
    transmitter->events[at].units = (uint16_t)(milliseconds * transmitter->codec->clock);
    transmitter->event_count++;
    return true;
}

/* Sends the packet with so many octets of payload. */
static void publish(struct transmitter *transmitter, struct packet_ring *sent, uint32_t *counters, uint8_t type,
                    uint32_t timestamp, uint32_t octets) {
    struct packet *packet = transmitter->packet;

    rtp_build(packet->octets, type, transmitter->marker, transmitter->sequence, timestamp, transmitter->ssrc);
    packet->length = (uint16_t)(RTP_HEADER + octets);
    packet_ring_publish(sent);
    transmitter->sequence++;
    transmitter->marker = false;
    counters[STATISTIC_PACKETS_SENT]++;
    counters[STATISTIC_OCTETS_SENT] += octets;
}

static uint32_t payload_octets(const struct transmitter *transmitter) {
    return transmitter->frames * (uint32_t)transmitter->codec->frame_octets;
}

/* Packets that are held back at most. */
static uint32_t held_most(const struct transmitter *transmitter) {
    uint32_t packets = TRANSMITTER_HELD_FRAMES / transmitter->frames;

    return packets < TRANSMITTER_HELD ? TRANSMITTER_HELD : packets;
}

/* Payload of the packet that was held back so many packets ago. */
static uint8_t *held(struct transmitter *transmitter, uint32_t ago) {
    uint32_t most = held_most(transmitter);

    return transmitter->held + (transmitter->held_next + most - ago) % most * payload_octets(transmitter);
}

/* Keeps the packet that is full, for the case that voice begins soon. */
static void hold(struct transmitter *transmitter) {
    uint32_t most = held_most(transmitter);

    memcpy(held(transmitter, 0), transmitter->packet->octets + RTP_HEADER, payload_octets(transmitter));
    transmitter->held_next = (uint8_t)((transmitter->held_next + 1u) % most);
    if (transmitter->held_count < most)
        transmitter->held_count++;
}

/* Sends what was held back, the newest of it if the ring has no room for all; then the packet is as it was. */
static void send_held(struct transmitter *transmitter, struct packet_ring *sent, uint32_t *counters) {
    uint32_t octets = payload_octets(transmitter), room = packet_ring_room(sent) - 1;
    uint32_t count = transmitter->held_count < room ? transmitter->held_count : room;
    uint8_t *oldest = held(transmitter, count);

    transmitter->held_count = 0;
    if (count == 0)
        return;
    for (uint32_t i = 0; i < octets; i++) {
        uint8_t code = oldest[i];

        oldest[i] = transmitter->packet->octets[RTP_HEADER + i];
        transmitter->packet->octets[RTP_HEADER + i] = code;
    }
    for (uint32_t ago = count; ago > 0; ago--) {
        publish(transmitter, sent, counters, transmitter->codec->payload_type,
                transmitter->timestamp - ago * transmitter->units, octets);
        transmitter->packet = packet_ring_reserve(sent);
        memcpy(transmitter->packet->octets + RTP_HEADER, ago > 1 ? held(transmitter, ago - 1) : oldest, octets);
    }
}

/* The next packet of the event that is being sent; after its last one sound goes on. */
static void send_event(struct transmitter *transmitter, struct packet_ring *sent, uint32_t *counters) {
    uint32_t first = transmitter->event_first;
    uint16_t length = transmitter->events[first].units;

    transmitter->held_count = 0;
    if (transmitter->event_units == 0) {
        transmitter->event_timestamp = transmitter->timestamp;
        transmitter->marker = true;
    }
    if (transmitter->event_units < length)
        transmitter->event_units = (uint16_t)(transmitter->event_units + transmitter->units);

    bool end = transmitter->event_units >= length;

    if (transmitter->packet) {
        uint8_t *payload = transmitter->packet->octets + RTP_HEADER;

        payload[0] = transmitter->events[first].code;
        payload[1] = (uint8_t)((end ? EVENT_END : 0) | EVENT_LEVEL);
        payload[2] = (uint8_t)(transmitter->event_units >> 8);
        payload[3] = (uint8_t)transmitter->event_units;
        publish(transmitter, sent, counters, transmitter->event_type, transmitter->event_timestamp, EVENT_OCTETS);
    }
    if (end && ++transmitter->event_ends == EVENT_ENDS) {
        transmitter->event_first = (uint8_t)((first + 1) % TRANSMITTER_EVENTS);
        transmitter->event_count--;
        transmitter->event_ends = 0;
        transmitter->event_units = 0;
        /* What follows is a new stretch of talk; a pause is told anew. */
        transmitter->marker = true;
        transmitter->silent = false;
    }
}

/* A pause: comfort noise at its beginning, when its level changes, and now and then. */
static void send_noise(struct transmitter *transmitter, struct packet_ring *sent, uint32_t *counters) {
    uint32_t age = transmitter->noise_age + transmitter->frames;

    hold(transmitter);
    transmitter->noise_age = (uint8_t)age;
    if (transmitter->silent && age < NOISE_LEAST)
        return;

    uint8_t noise = activity_noise(&transmitter->activity);
    int32_t change = noise - transmitter->noise;

    if (transmitter->silent && age < NOISE_FRAMES && change < NOISE_CHANGE && change > -NOISE_CHANGE)
        return;
    transmitter->packet->octets[RTP_HEADER] = noise;
    transmitter->marker = false;
    publish(transmitter, sent, counters, transmitter->codec->noise_type, transmitter->timestamp, 1);
    /* Talk that comes now begins anew. */
    transmitter->marker = true;
    transmitter->silent = true;
    transmitter->noise = noise;
    transmitter->noise_age = 0;
}

uint32_t transmitter_now(const struct transmitter *transmitter) {
    return transmitter->timestamp + transmitter->filled * transmitter->codec->clock * 10u;
}

void transmitter_frame(struct transmitter *transmitter, const int16_t *mic, struct packet_ring *sent,
                       uint32_t *counters) {
    const struct codec *codec = transmitter->codec;

    if (transmitter->filled == 0) {
        transmitter->packet = packet_ring_reserve(sent);
        transmitter->voice = false;
    }
    if (transmitter->packet)
        codec->encode(&transmitter->state, mic,
                      transmitter->packet->octets + RTP_HEADER + transmitter->filled * codec->frame_octets,
                      PIPELINE_FRAME);
    if (transmitter->suppress && activity_frame(&transmitter->activity, mic, PIPELINE_FRAME * codec->samples))
        transmitter->voice = true;
    if (++transmitter->filled < transmitter->frames)
        return;

    if (transmitter->event_count > 0) {
        send_event(transmitter, sent, counters);
    } else if (transmitter->packet) {
        if (transmitter->suppress && !transmitter->voice) {
            send_noise(transmitter, sent, counters);
        } else {
            if (transmitter->held_count > 0)
                send_held(transmitter, sent, counters);
            publish(transmitter, sent, counters, codec->payload_type, transmitter->timestamp,
                    payload_octets(transmitter));
            transmitter->silent = false;
        }
    } else {
        /* The ring is full: what was held back before is no longer what comes before. */
        transmitter->held_count = 0;
    }
    transmitter->timestamp += transmitter->units;
    transmitter->filled = 0;
}
