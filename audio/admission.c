/*
 * Admission of sources; see admission.h.
 */
#include "admission.h"
#include "statistics.h"

#include <string.h>

/* A source silent for so many ticks gives way to another at once. */
#define SOURCE_SILENT 10

/* Packets in sequence from a foreign address before they are played, some one second's. */
#define FOREIGN_PACKETS 50

void admission_begin(struct admission *admission) {
    uint32_t address = admission->peer_address;
    uint16_t port = admission->peer_port;

    memset(admission, 0, sizeof *admission);
    admission->peer_address = address;
    admission->peer_port = port;
}

void admission_set_peer(struct admission *admission, uint32_t address, uint16_t port) {
    admission->peer_address = address;
    admission->peer_port = port;
    admission->peer_heard = false;
    admission->foreign_packets = 0;
    /* Whoever was taken for the peer meanwhile makes way for the true one. */
    if (address != 0 && admission->source.address != address)
        admission->source.active = false;
}

void admission_tick(struct admission *admission) {
    if (admission->silent < SOURCE_SILENT)
        admission->silent++;
}

void admission_left(struct admission *admission) {
    admission->silent = SOURCE_SILENT;
}

bool admission_reports(const struct admission *admission, uint32_t address) {
    return admission->peer_address == 0 || address == admission->peer_address;
}

static bool same_source(const struct rtp_source *source, const struct packet *packet, const struct rtp_packet *rtp) {
    return source->ssrc == rtp->ssrc && source->address == packet->address && source->port == packet->port;
}

/* Whether a packet from another address than the peer's may be played. */
static bool tolerate(struct admission *admission, const struct rtp_packet *rtp) {
    bool follows = admission->foreign_packets > 0 && admission->foreign_ssrc == rtp->ssrc &&
                   admission->foreign_sequence == rtp->sequence;

    if (admission->peer_heard)
        return false;
    if (!follows)
        admission->foreign_packets = 0;
    admission->foreign_ssrc = rtp->ssrc;
    admission->foreign_sequence = (uint16_t)(rtp->sequence + 1);
    if (admission->foreign_packets >= FOREIGN_PACKETS)
        return true;
    admission->foreign_packets++;
    return false;
}

/* Whether a packet is the source's that is being played. Another one takes its place if only that comes from the port
 * agreed, once the present one has fallen silent, or with two packets in sequence: one stray packet does not. */
static bool admit(struct admission *admission, const struct packet *packet, const struct rtp_packet *rtp) {
    struct rtp_source *source = &admission->source;
    bool known = admission->peer_address != 0, foreign = known && packet->address != admission->peer_address;
    bool displaces = known && source->address != admission->peer_address;

    if (foreign && !tolerate(admission, rtp))
        return false;
    if (known && !foreign && !displaces && source->active && source->port == admission->peer_port &&
        packet->port != admission->peer_port)
        return false;

    bool better =
        known && !foreign && (displaces || (packet->port == admission->peer_port && source->port != packet->port));

    if (source->active && !better && admission->silent < SOURCE_SILENT &&
        !(admission->rival && admission->rival_ssrc == rtp->ssrc && admission->rival_sequence == rtp->sequence)) {
        admission->rival = true;
        admission->rival_ssrc = rtp->ssrc;
        admission->rival_sequence = (uint16_t)(rtp->sequence + 1);
        return false;
    }
    admission->rival = false;
    rtp_source_start(source, rtp, packet->arrival);
    source->address = packet->address;
    source->port = packet->port;
    return true;
}

enum admission_verdict admission_judge(struct admission *admission, const struct packet *packet,
                                       const struct rtp_packet *rtp, uint32_t *counters) {
    struct rtp_source *source = &admission->source;
    enum admission_verdict verdict = ADMISSION_PLAYED;

    if (!source->active || !same_source(source, packet, rtp)) {
        if (!admit(admission, packet, rtp)) {
            counters[STATISTIC_PACKETS_STRAY]++;
            return ADMISSION_REFUSED;
        }
        verdict = ADMISSION_BEGINS;
    } else {
        enum rtp_sequence sequence = rtp_source_receive(source, rtp, packet->arrival);

        if (sequence == RTP_DUPLICATE || sequence == RTP_REFUSED) {
            counters[sequence == RTP_DUPLICATE ? STATISTIC_PACKETS_DUPLICATE : STATISTIC_PACKETS_DISCARDED]++;
            return ADMISSION_REFUSED;
        }
        if (sequence == RTP_RESTARTED)
            verdict = ADMISSION_BEGINS;
    }
    admission->silent = 0;
    if (packet->address == admission->peer_address)
        admission->peer_heard = true;
    else if (admission->peer_address != 0)
        counters[STATISTIC_PACKETS_FOREIGN]++;
    counters[STATISTIC_PACKETS_RECEIVED]++;
    counters[STATISTIC_OCTETS_RECEIVED] += rtp->payload_length;
    counters[STATISTIC_PACKETS_LOST] = rtp_source_lost(source);
    counters[STATISTIC_JITTER] = source->jitter >> 4;
    if (counters[STATISTIC_JITTER_MAXIMUM] < counters[STATISTIC_JITTER])
        counters[STATISTIC_JITTER_MAXIMUM] = counters[STATISTIC_JITTER];
    return verdict;
}
