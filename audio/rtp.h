/*
 * RTP (RFC 3550): building and checking packets, and what a receiver keeps about a source: sequence numbers, losses,
 * duplicates and interarrival jitter.
 */
#ifndef LINNET_RTP_H
#define LINNET_RTP_H

#include <stdbool.h>
#include <stdint.h>

#define RTP_HEADER 12

/* Comfort noise (RFC 3389), and the type that Cisco's devices used before that. */
#define RTP_NOISE 13
#define RTP_NOISE_CISCO 19

/* Payload types without a fixed meaning. */
#define RTP_DYNAMIC 96
#define RTP_TYPE_MOST 127

/* A received packet, taken apart; `payload` points into it. */
struct rtp_packet {
    const uint8_t *payload;
    uint32_t timestamp;
    uint32_t ssrc;
    uint16_t sequence;
    uint16_t payload_length;
    uint8_t payload_type;
    bool marker;
};

/* Takes a packet apart; false when it is not a whole RTP packet of version 2. */
bool rtp_parse(const uint8_t *octets, uint32_t length, struct rtp_packet *packet);

/* Writes the twelve octets of a header without contributing sources. */
void rtp_build(uint8_t *octets, uint8_t payload_type, bool marker, uint16_t sequence, uint32_t timestamp,
               uint32_t ssrc);

enum rtp_sequence {
    RTP_NEXT,      /* newer than all before */
    RTP_REORDERED, /* older, not seen before */
    RTP_DUPLICATE, /* seen before */
    RTP_REFUSED,   /* a jump; believed once the next packet follows it */
    RTP_RESTARTED  /* that next packet: counting begins anew */
};

/* One source of packets. All zero is a source from which nothing has come. */
struct rtp_source {
    uint32_t ssrc;
    uint32_t address;
    uint16_t port;
    bool active;
    bool jump;
    uint16_t highest;
    uint16_t after_jump;
    /* Sequence numbers passed since the first, that one included, and packets that came of them. */
    uint32_t expected;
    uint32_t received;
    /* Lost before counting began anew. */
    uint32_t lost_before;
    /* One bit for each of the latest 64 sequence numbers, by its lowest six bits. */
    uint32_t seen[2];
    /* Timestamp of the newest packet, and its arrival less that. */
    uint32_t timestamp;
    uint32_t transit;
    /* RFC 3550's jitter in sixteenths of a timestamp unit. */
    uint32_t jitter;
};

/* Makes the packet the first of its source, or of a source that has begun anew. */
void rtp_source_start(struct rtp_source *source, const struct rtp_packet *packet, uint32_t arrival);
/* Counts a packet of the source; jitter only from those that are newer than all before. */
enum rtp_sequence rtp_source_receive(struct rtp_source *source, const struct rtp_packet *packet, uint32_t arrival);
/* Packets lost up to now. */
uint32_t rtp_source_lost(const struct rtp_source *source);

#endif
