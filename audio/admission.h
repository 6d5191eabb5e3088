/*
 * Whose packets a stream plays: those of the peer that the call agent has announced, of one source at a time. Servers
 * with several addresses, media relays and NAT send from another address than that: where nothing comes from the
 * announced one, and of all others one alone sends sound as a call's is sent, that one is played until the peer is
 * heard.
 */
#ifndef LINNET_ADMISSION_H
#define LINNET_ADMISSION_H

#include "packets.h"
#include "rtp.h"

/* A source of another address than the peer's that may be taken for it. */
struct candidate {
    uint32_t address;
    uint32_t ssrc;
    uint16_t port;
    /* The sequence number that comes next. */
    uint16_t next;
    /* Packets of sound that have come without much of a gap; 0 for none. */
    uint16_t packets;
    /* Ticks since the latest of them. */
    uint8_t silent;
    /* Timestamp of the first, and ticks since. */
    uint32_t timestamp;
    uint32_t age;
};

#define ADMISSION_CANDIDATES 2

/* All zero is a stream without a peer that has heard nobody. */
struct admission {
    /* The announced peer; address 0 while it is not known. */
    uint16_t peer_port;
    uint32_t peer_address;
    /* Whether it was heard, and ticks since. */
    bool peer_heard;
    uint16_t peer_silent;
    /* A source that wants to take the place of the present one, and its next sequence number. */
    bool rival;
    uint16_t rival_sequence;
    uint32_t rival_ssrc;
    /* Ticks since the present source was heard, and whether it said last that silence follows. */
    uint16_t silent;
    bool paused;
    /* Whether there may be candidates. */
    bool tried;
    struct candidate candidates[ADMISSION_CANDIDATES];
    /* The present source. */
    struct rtp_source source;
};

/* Forgets all but the peer. */
void admission_begin(struct admission *admission);

/* As receiver_set_peer says. */
void admission_set_peer(struct admission *admission, uint32_t address, uint16_t port);

/* Counts a tick. */
void admission_tick(struct admission *admission);

/* Whether a packet, RTP or RTCP, from this address is to be judged at all: what is not needs no room. */
bool admission_expects(const struct admission *admission, uint32_t address);

enum admission_verdict {
    ADMISSION_REFUSED,
    ADMISSION_PLAYED,
    ADMISSION_BEGINS /* played, and timestamps of before say nothing */
};

/* Judges a packet and counts it in `counters` of enum statistic. `payload_type` is that of the sound agreed. */
enum admission_verdict admission_judge(struct admission *admission, const struct packet *packet,
                                       const struct rtp_packet *rtp, uint32_t payload_type, uint32_t *counters);

/* Whether a report (RTCP) that came from this address, of whatever port, is the peer's or the present source's. */
bool admission_report(struct admission *admission, uint32_t address);

/* The present source has taken its leave: whoever comes now need not wait for it. */
void admission_left(struct admission *admission);

#endif
