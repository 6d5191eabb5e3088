/*
 * The receiving side of a stream: from the ring of received packets through the jitter buffer to a frame of sound.
 */
#ifndef LINNET_RECEIVER_H
#define LINNET_RECEIVER_H

#include "admission.h"
#include "codec.h"
#include "conceal.h"
#include "frame.h"
#include "jitter.h"
#include "noise.h"
#include "packets.h"
#include "playout.h"
#include "rtcp.h"

struct receiver {
    /* Of what came last. The sender has the last word: those that have come stand in `codecs`, by whose places the
     * jitter buffer knows the kinds of its codes. */
    const struct codec *codec;
    const struct codec *codecs[JITTER_KINDS];
    /* The one that was decoded last, and its memory. */
    uint8_t decoded;
    union codec_state state;
    /* Samples of sound for each code. */
    uint8_t samples;
    bool open;
    /* Payload type of RFC 4733 events; 0 while none was agreed. */
    uint8_t events;
    /* Whether an event was received, and the timestamp of the latest. */
    bool event_known;
    uint32_t event_timestamp;
    /* Octets in the packet before. */
    uint16_t octets;
    /* Attempts to shorten sound that did not lend itself to it. */
    uint16_t attempts;
    /* Codes missing that are not yet a frame. */
    uint16_t concealed;
    /* Whether sound has been played: before it nothing is missing. */
    bool begun;
    /* The noise that sounds stands for an event, and ticks for which it may yet. */
    bool event_pauses;
    uint8_t event_ticks;
    struct admission admission;
    struct jitter jitter;
    struct playout playout;
    struct conceal conceal;
    struct rtcp rtcp;
    struct noise noise;
};

/* Closes and forgets all but the peer and the reports, then opens for a codec. */
void receiver_open(struct receiver *receiver, const struct codec *codec);

/* From now on only this address is played, or any if it is 0. The peer may send from another port than the one it
 * receives on, but once something has come from `port` itself, only that is played. Peers may send from another address
 * than the call agent has announced: where nothing is heard of it for as long as nobody pauses, another one that alone
 * has sent steadily for a while is played until the peer is heard. */
void receiver_set_peer(struct receiver *receiver, uint32_t address, uint32_t port);

/* Whether a packet that has come is to take room in the ring; one that nobody wants is counted as stray. */
bool receiver_expects(const struct receiver *receiver, const struct packet *packet, uint32_t *counters);

/* Takes all packets out of the ring: between ticks, when there are more than it holds. */
void receiver_take(struct receiver *receiver, struct packet_ring *received, uint32_t *counters);

/* Takes all packets that have come and makes the next frame, of `samples` for each of its 80 codes; null when it is
 * silent. It lasts until the next call. `counters` are those of enum statistic. */
const int16_t *receiver_frame(struct receiver *receiver, struct packet_ring *received, uint32_t *counters);

#endif
