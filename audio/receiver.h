/*
 * The receiving side of a stream: from the ring of received packets through the jitter buffer to a frame of sound.
 */
#ifndef LINNET_RECEIVER_H
#define LINNET_RECEIVER_H

#include "conceal.h"
#include "frame.h"
#include "jitter.h"
#include "packets.h"
#include "rtcp.h"
#include "rtp.h"

struct receiver {
    bool open;
    uint8_t law;
    /* Ticks since the present source was heard. */
    uint16_t silent;
    /* A source that wants to take the place of the present one, and its next sequence number. */
    bool rival;
    uint16_t rival_sequence;
    uint32_t rival_ssrc;
    struct rtp_source source;
    struct jitter jitter;
    struct conceal conceal;
    struct rtcp rtcp;
};

/* Closes and forgets all but the reports, then opens for RTP_PCMU or RTP_PCMA. */
void receiver_open(struct receiver *receiver, uint32_t payload_type);

/* Takes all packets that have come and makes the next frame; false, and nothing written, when it is silent.
 * `counters` are those of enum statistic. */
bool receiver_frame(struct receiver *receiver, struct packet_ring *received, uint32_t *counters,
                    int16_t frame[PIPELINE_FRAME]);

#endif
