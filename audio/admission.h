/*
 * Whose packets a stream plays: those of the peer that the call agent has announced, of one source at a time.
 */
#ifndef LINNET_ADMISSION_H
#define LINNET_ADMISSION_H

#include "packets.h"
#include "rtp.h"

/* All zero is a stream without a peer that has heard nobody. */
struct admission {
    /* The announced peer; address 0 while it is not known. */
    uint16_t peer_port;
    uint32_t peer_address;
    /* A source that wants to take the place of the present one, and its next sequence number. */
    bool rival;
    uint16_t rival_sequence;
    uint32_t rival_ssrc;
    /* Ticks since the present source was heard. */
    uint16_t silent;
    /* Whether the peer was heard, and as long as it was not: a source of another address, its next sequence number and
     * its packets so far. */
    bool peer_heard;
    uint16_t foreign_packets;
    uint16_t foreign_sequence;
    uint32_t foreign_ssrc;
    /* The present source. */
    struct rtp_source source;
};

/* Forgets all but the peer. */
void admission_begin(struct admission *admission);

/* As receiver_set_peer says. */
void admission_set_peer(struct admission *admission, uint32_t address, uint16_t port);

/* Counts a tick. */
void admission_tick(struct admission *admission);

enum admission_verdict {
    ADMISSION_REFUSED,
    ADMISSION_PLAYED,
    ADMISSION_BEGINS /* played, and timestamps of before say nothing */
};

/* Judges a packet and counts it in `counters` of enum statistic. */
enum admission_verdict admission_judge(struct admission *admission, const struct packet *packet,
                                       const struct rtp_packet *rtp, uint32_t *counters);

/* Whether a report (RTCP) that came from this address, of whatever port, is the peer's. */
bool admission_reports(const struct admission *admission, uint32_t address);

/* The present source has taken its leave: whoever comes now need not wait for it. */
void admission_left(struct admission *admission);

#endif
