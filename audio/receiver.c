/*
 * The receiving side of a stream; see receiver.h.
 */
#include "receiver.h"
#include "g711.h"
#include "statistics.h"

#include <string.h>

/* A source silent for so many ticks gives way to another at once. */
#define SOURCE_SILENT 10

void receiver_open(struct receiver *receiver, uint32_t payload_type) {
    struct rtcp rtcp = receiver->rtcp;

    memset(receiver, 0, sizeof *receiver);
    receiver->rtcp = rtcp;
    receiver->law = payload_type == RTP_PCMU ? G711_MU_LAW : G711_A_LAW;
    receiver->open = true;
}

static bool same_source(const struct rtp_source *source, const struct packet *packet, const struct rtp_packet *rtp) {
    return source->ssrc == rtp->ssrc && source->address == packet->address && source->port == packet->port;
}

/* Whether a packet is the source's that is being played. Another one takes its place once that has fallen silent, or
 * with two packets in sequence: one stray packet does not. */
static bool admit(struct receiver *receiver, const struct packet *packet, const struct rtp_packet *rtp) {
    struct rtp_source *source = &receiver->source;

    if (source->active && receiver->silent < SOURCE_SILENT &&
        !(receiver->rival && receiver->rival_ssrc == rtp->ssrc && receiver->rival_sequence == rtp->sequence)) {
        receiver->rival = true;
        receiver->rival_ssrc = rtp->ssrc;
        receiver->rival_sequence = (uint16_t)(rtp->sequence + 1);
        return false;
    }
    receiver->rival = false;
    rtp_source_start(source, rtp, packet->arrival);
    source->address = packet->address;
    source->port = packet->port;
    jitter_restart(&receiver->jitter);
    return true;
}

/* Counts a packet with its source; false when it is not to be played. */
static bool count(struct receiver *receiver, const struct packet *packet, const struct rtp_packet *rtp,
                  uint32_t *counters) {
    struct rtp_source *source = &receiver->source;

    if (!source->active || !same_source(source, packet, rtp)) {
        if (!admit(receiver, packet, rtp)) {
            counters[STATISTIC_PACKETS_STRAY]++;
            return false;
        }
    } else {
        enum rtp_sequence sequence = rtp_source_receive(source, rtp, packet->arrival);

        if (sequence == RTP_DUPLICATE || sequence == RTP_REFUSED) {
            counters[sequence == RTP_DUPLICATE ? STATISTIC_PACKETS_DUPLICATE : STATISTIC_PACKETS_DISCARDED]++;
            return false;
        }
        if (sequence == RTP_RESTARTED)
            jitter_restart(&receiver->jitter);
    }
    receiver->silent = 0;
    counters[STATISTIC_PACKETS_RECEIVED]++;
    counters[STATISTIC_OCTETS_RECEIVED] += rtp->payload_length;
    counters[STATISTIC_PACKETS_LOST] = rtp_source_lost(source);
    counters[STATISTIC_JITTER] = source->jitter >> 4;
    if (counters[STATISTIC_JITTER_MAXIMUM] < counters[STATISTIC_JITTER])
        counters[STATISTIC_JITTER_MAXIMUM] = counters[STATISTIC_JITTER];
    return true;
}

static void receive(struct receiver *receiver, const struct packet *packet, uint32_t *counters) {
    struct rtp_packet rtp;

    if (receiver->rtcp.enabled && packet->length <= PACKET_OCTETS && rtcp_is(packet->octets, packet->length)) {
        if (!rtcp_receive(&receiver->rtcp, packet->octets, packet->length, receiver->source.ssrc, counters))
            counters[STATISTIC_PACKETS_DISCARDED]++;
        return;
    }
    if (packet->length > PACKET_OCTETS || !rtp_parse(packet->octets, packet->length, &rtp)) {
        counters[STATISTIC_PACKETS_DISCARDED]++;
        return;
    }
    if (!count(receiver, packet, &rtp, counters))
        return;
    if (rtp.payload_type != RTP_PCMU && rtp.payload_type != RTP_PCMA) {
        counters[STATISTIC_PACKETS_DISCARDED]++;
        return;
    }

    uint8_t law = rtp.payload_type == RTP_PCMU ? G711_MU_LAW : G711_A_LAW;

    /* The sender has the last word on the codec; codes of the other law must not stay in the buffer. */
    if (law != receiver->law) {
        receiver->law = law;
        jitter_restart(&receiver->jitter);
    }
    if (rtp.payload_length == 0)
        return;
    counters[STATISTIC_PAYLOAD_TYPE_RECEIVED] = rtp.payload_type;
    counters[STATISTIC_PACKET_TIME_RECEIVED] = rtp.payload_length / 8u;

    enum jitter_put put =
        jitter_put(&receiver->jitter, rtp.timestamp, rtp.payload, rtp.payload_length, packet->arrival, rtp.marker);

    if (put == JITTER_LATE)
        counters[STATISTIC_PACKETS_LATE]++;
    else if (put == JITTER_OUTSIDE)
        counters[STATISTIC_PACKETS_DISCARDED]++;
    counters[STATISTIC_DELAY] = receiver->jitter.delay / 8u;
}

/* Conceals a frame of which only the samples in `have` came, if any; false when it is silent. */
static bool fill_gap(struct receiver *receiver, const uint8_t *codes, const uint32_t have[3], int16_t *frame) {
    struct conceal *conceal = &receiver->conceal;
    const int16_t *linear = g711_linear[receiver->law];
    uint8_t past_codes[CONCEAL_PAST];
    bool sounds, partial = have[0] | have[1] | have[2];

    if (conceal->frames == 0) {
        int16_t past[CONCEAL_PAST];
        uint32_t known = jitter_past(&receiver->jitter, past_codes, CONCEAL_PAST);

        memset(past, 0, sizeof past);
        g711_decode(receiver->law, past_codes, past + CONCEAL_PAST - known, known);
        conceal_begin(conceal, past);
    }
    sounds = conceal_frame(conceal, frame);
    if (partial) {
        for (uint32_t i = 0; i < PIPELINE_FRAME; i++) {
            if (have[i / 32] >> i % 32 & 1)
                frame[i] = linear[codes[i]];
        }
        /* The gap ends within the frame if the sound has come back at its end. */
        if (have[2] >> (PIPELINE_FRAME - 1) % 32 & 1)
            conceal->frames = 0;
    }
    g711_encode(receiver->law, frame, past_codes, PIPELINE_FRAME);
    jitter_replace(&receiver->jitter, past_codes);
    return sounds || partial;
}

/* Fades from one frame to the next, so that the two take the time of one. */
static void join(struct receiver *receiver, const uint8_t *first, int16_t *frame) {
    const int16_t *linear = g711_linear[receiver->law];
    const uint8_t *second = jitter_second(&receiver->jitter);

    for (int32_t i = 0; i < PIPELINE_FRAME; i++)
        frame[i] = (int16_t)((linear[first[i]] * (PIPELINE_FRAME - i) + linear[second[i]] * i) / PIPELINE_FRAME);
}

bool receiver_frame(struct receiver *receiver, struct packet_ring *received, uint32_t *counters,
                    int16_t frame[PIPELINE_FRAME]) {
    const struct packet *packet;
    const uint8_t *codes;
    uint32_t have[3];

    if (receiver->silent < SOURCE_SILENT)
        receiver->silent++;
    while ((packet = packet_ring_peek(received)) != NULL) {
        receive(receiver, packet, counters);
        packet_ring_release(received);
    }

    switch (jitter_get(&receiver->jitter, &codes, have)) {
    case JITTER_WAITING:
        return false;
    case JITTER_WHOLE:
        g711_decode(receiver->law, codes, frame, PIPELINE_FRAME);
        break;
    case JITTER_SHORTENED:
        join(receiver, codes, frame);
        break;
    case JITTER_PARTIAL:
    case JITTER_MISSING:
        if (!fill_gap(receiver, codes, have, frame))
            return false;
        counters[STATISTIC_CONCEALED_FRAMES]++;
        counters[STATISTIC_FRAMES_PLAYED]++;
        return true;
    }
    if (receiver->conceal.frames > 0)
        conceal_end(&receiver->conceal, frame);
    counters[STATISTIC_FRAMES_PLAYED]++;
    return true;
}
