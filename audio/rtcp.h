/*
 * RTCP (RFC 3550): sender and receiver reports of one stream, with the block on what is heard and the source
 * description that must go with them; and what the far end's reports tell: losses and jitter there, and the round trip.
 */
#ifndef LINNET_RTCP_H
#define LINNET_RTCP_H

#include "rtp.h"

#include <stdbool.h>
#include <stdint.h>

/* Longest packet that is built. */
#define RTCP_OCTETS 88

/* All zero is switched off. Time is counted in ticks of 10 ms; none of it is the time of day. */
struct rtcp {
    bool enabled;
    /* A sender report has come; its time as the sender tells it, and the tick it came in. */
    bool heard;
    /* The far end has said that it leaves; for the receiver, which clears this. */
    bool left;
    uint32_t report;
    uint32_t report_tick;
    uint32_t tick;
    /* Tick in which the next report is due. */
    uint32_t due;
    /* Own source, and what makes its name; see rtcp_start. */
    uint32_t ssrc;
    uint32_t name[2];
    /* What was expected and received at the last report, and packets sent until then. */
    uint32_t expected;
    uint32_t received;
    uint32_t sent;
};

/* What a sender report says of what has been sent. */
struct rtcp_sent {
    uint32_t timestamp;
    uint32_t packets;
    uint32_t octets;
};

/* Begins to report as this source: `seed` as for pipeline_start_transmit. */
void rtcp_start(struct rtcp *rtcp, const uint32_t seed[3]);

/* Whether a packet is RTCP rather than RTP (RFC 5761). */
bool rtcp_is(const uint8_t *octets, uint32_t length);

/* Counts a tick; true when a report is due, until one is built. */
bool rtcp_tick(struct rtcp *rtcp);

/* Builds a report: a sender's if anything has been sent since the last one, with a block on `source` if it is active.
 * `bye`: it is the last one, and says so. Returns its length. */
uint32_t rtcp_build(struct rtcp *rtcp, const struct rtcp_sent *sent, const struct rtp_source *source, bool bye,
                    uint8_t octets[RTCP_OCTETS]);

/* Takes a compound packet apart into `counters` of enum statistic; sender reports count if they are from `peer`. False
 * when it is malformed, and then nothing is taken from the part that is. */
bool rtcp_receive(struct rtcp *rtcp, const uint8_t *octets, uint32_t length, uint32_t peer, uint32_t *counters);

#endif
