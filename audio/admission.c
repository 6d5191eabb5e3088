/*
 * Admission of sources; see admission.h.
 */
#include "admission.h"
#include "frame.h"
#include "statistics.h"

#include <stddef.h>
#include <string.h>

/* Ticks for which a source has fallen silent: so that another one of the peer's gives way at once; so that one which
 * stands in for the peer makes room for another; so that a peer which was heard has left without a word, as when a
 * relay has failed: far longer than a network stands still. */
#define SOURCE_SILENT 10
#define FOREIGN_SILENT 100
#define PEER_SILENT 500
#define TICKS_MOST UINT16_MAX

/* A candidate is played after so many packets, or fewer that last a second, and is one no more when nothing has come of
 * it for so many ticks. */
#define STEADY_PACKETS 50
#define STEADY_LEAST 12
#define STEADY_SAMPLES (100 * PIPELINE_FRAME)
#define STEADY_SILENT 50
/* Packets after which it stands in the way of another candidate: nobody can tell which of them is the call's. One with
 * less gives its place to another when the next packet has not come within so many ticks: an odd number, so that a
 * place does not always become free between the packets of 20 ms that look for one. */
#define RIVAL_PACKETS 10
#define CHANCE 7
/* Packets missing in a row, and of the past, that leave it steady. */
#define GAP_MOST 3
#define PAST_MOST 8
/* How far its timestamps may run from the ticks, in samples, beside an eighth of the time. */
#define PACE_SLACK (10 * PIPELINE_FRAME)

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
    memset(admission->candidates, 0, sizeof admission->candidates);
    /* Whoever was taken for the peer meanwhile makes way for the true one. */
    if (address != 0 && admission->source.address != address)
        admission->source.active = false;
}

void admission_tick(struct admission *admission) {
    if (admission->silent < TICKS_MOST)
        admission->silent++;
    if (admission->peer_silent < TICKS_MOST)
        admission->peer_silent++;
    if (!admission->tried)
        return;
    admission->tried = false;
    for (uint32_t i = 0; i < ADMISSION_CANDIDATES; i++) {
        struct candidate *candidate = &admission->candidates[i];

        if (candidate->packets == 0)
            continue;
        admission->tried = true;
        candidate->age++;
        if (++candidate->silent >= STEADY_SILENT)
            *candidate = (struct candidate){0};
    }
}

void admission_left(struct admission *admission) {
    admission->silent = TICKS_MOST;
    admission->paused = false;
}

static bool foreign(const struct admission *admission, uint32_t address) {
    return admission->peer_address != 0 && address != admission->peer_address;
}

/* Whether the peer is heard, or has said that it pauses. */
static bool peer_lives(const struct admission *admission) {
    return admission->peer_heard && (admission->peer_silent < PEER_SILENT ||
                                     (admission->paused && !foreign(admission, admission->source.address)));
}

/* Whether no other address has a chance against the present source while the peer is not known. */
static bool first_lives(const struct admission *admission) {
    return admission->peer_address == 0 && admission->source.active &&
           admission->silent < (admission->paused ? PEER_SILENT : SOURCE_SILENT);
}

bool admission_expects(const struct admission *admission, uint32_t address) {
    if (first_lives(admission))
        return address == admission->source.address;
    return !foreign(admission, address) || !peer_lives(admission);
}

bool admission_report(struct admission *admission, uint32_t address) {
    const struct rtp_source *source = &admission->source;

    /* A peer that was heard and goes on reporting has nothing to say; reports alone are no sound. */
    if (address == admission->peer_address)
        admission->peer_silent = 0;
    return !foreign(admission, address) || (source->active && source->address == address);
}

static bool same_source(const struct rtp_source *source, const struct packet *packet, const struct rtp_packet *rtp) {
    return source->ssrc == rtp->ssrc && source->address == packet->address && source->port == packet->port;
}

static void begin_candidate(struct candidate *candidate, const struct packet *packet, const struct rtp_packet *rtp) {
    *candidate = (struct candidate){
        .address = packet->address,
        .ssrc = rtp->ssrc,
        .port = packet->port,
        .next = (uint16_t)(rtp->sequence + 1),
        .packets = 1,
        .timestamp = rtp->timestamp,
    };
}

static struct candidate *candidate_of(struct admission *admission, const struct packet *packet,
                                      const struct rtp_packet *rtp) {
    for (uint32_t i = 0; i < ADMISSION_CANDIDATES; i++) {
        struct candidate *candidate = &admission->candidates[i];

        if (candidate->packets > 0 && candidate->ssrc == rtp->ssrc && candidate->address == packet->address &&
            candidate->port == packet->port)
            return candidate;
    }
    return NULL;
}

/* Begins a candidate where there is room: a host that makes up addresses drives out none that goes on sending. */
static void add_candidate(struct admission *admission, const struct packet *packet, const struct rtp_packet *rtp) {
    for (uint32_t i = 0; i < ADMISSION_CANDIDATES; i++) {
        struct candidate *candidate = &admission->candidates[i];

        if (candidate->packets == 0 || (candidate->packets < RIVAL_PACKETS && candidate->silent >= CHANCE)) {
            begin_candidate(candidate, packet, rtp);
            admission->tried = true;
            return;
        }
    }
}

/* Whether a candidate's sound has come as fast as it plays. */
static bool in_step(const struct candidate *candidate, uint32_t timestamp) {
    uint32_t elapsed = candidate->age * PIPELINE_FRAME, span = timestamp - candidate->timestamp;
    uint32_t off = span > elapsed ? span - elapsed : elapsed - span;

    return span >= (candidate->packets - 1u) * PIPELINE_FRAME && off <= PACE_SLACK + elapsed / 8;
}

/* Whether another candidate sends as steadily. */
static bool contested(const struct admission *admission, const struct candidate *candidate) {
    for (uint32_t i = 0; i < ADMISSION_CANDIDATES; i++) {
        if (&admission->candidates[i] != candidate && admission->candidates[i].packets >= RIVAL_PACKETS)
            return true;
    }
    return false;
}

/* Counts a foreign packet of sound; true once its source has sent steadily for long enough, and it alone. */
static bool tolerate(struct admission *admission, const struct packet *packet, const struct rtp_packet *rtp) {
    struct candidate *candidate = candidate_of(admission, packet, rtp);

    if (!candidate) {
        add_candidate(admission, packet, rtp);
        return false;
    }

    uint16_t gap = (uint16_t)(rtp->sequence - candidate->next);

    if (gap > UINT16_MAX - PAST_MOST)
        return false; /* overtaken, or once more */
    if (gap > GAP_MOST || (candidate->packets >= RIVAL_PACKETS && !in_step(candidate, rtp->timestamp))) {
        begin_candidate(candidate, packet, rtp);
        return false;
    }

    bool enough = candidate->packets >= STEADY_PACKETS ||
                  (candidate->packets >= STEADY_LEAST && rtp->timestamp - candidate->timestamp >= STEADY_SAMPLES);

    candidate->next = (uint16_t)(rtp->sequence + 1);
    candidate->silent = 0;
    if (candidate->packets < UINT16_MAX)
        candidate->packets++;
    return enough && !contested(admission, candidate);
}

/* Whether a packet of another address than the peer's may be played. */
static bool admit_foreign(struct admission *admission, const struct packet *packet, const struct rtp_packet *rtp,
                          uint32_t payload_type) {
    const struct rtp_source *source = &admission->source;
    bool stands_in = source->active && foreign(admission, source->address);

    if (peer_lives(admission))
        return false;
    /* It may begin anew as the peer may. */
    if (stands_in && source->address == packet->address)
        return true;
    if (stands_in && admission->silent < FOREIGN_SILENT)
        return false;
    return rtp->payload_type == payload_type && rtp->payload_length > 0 && tolerate(admission, packet, rtp);
}

/* Whether a packet is the source's that is being played. Another one takes its place if only that comes from the port
 * agreed, once the present one has fallen silent, or with two packets in sequence: one stray packet does not. As long
 * as the peer is not known, whoever came first is it. */
static bool admit(struct admission *admission, const struct packet *packet, const struct rtp_packet *rtp,
                  uint32_t payload_type) {
    struct rtp_source *source = &admission->source;
    bool known = admission->peer_address != 0, peer = known && !foreign(admission, packet->address);
    bool displaces = known && foreign(admission, source->address);

    if (first_lives(admission) && packet->address != source->address)
        return false;
    if (foreign(admission, packet->address) && !admit_foreign(admission, packet, rtp, payload_type))
        return false;
    if (peer && !displaces && source->active && source->port == admission->peer_port &&
        packet->port != admission->peer_port && admission->silent < PEER_SILENT)
        return false;

    bool better = peer && (displaces || (packet->port == admission->peer_port && source->port != packet->port));

    if (source->active && !better && admission->silent < SOURCE_SILENT &&
        !(admission->rival && admission->rival_ssrc == rtp->ssrc && admission->rival_sequence == rtp->sequence)) {
        admission->rival = true;
        admission->rival_ssrc = rtp->ssrc;
        admission->rival_sequence = (uint16_t)(rtp->sequence + 1);
        return false;
    }
    admission->rival = false;
    memset(admission->candidates, 0, sizeof admission->candidates);
    rtp_source_start(source, rtp, packet->arrival);
    source->address = packet->address;
    source->port = packet->port;
    return true;
}

enum admission_verdict admission_judge(struct admission *admission, const struct packet *packet,
                                       const struct rtp_packet *rtp, uint32_t payload_type, uint32_t *counters) {
    struct rtp_source *source = &admission->source;
    enum admission_verdict verdict = ADMISSION_PLAYED;

    if (!source->active || !same_source(source, packet, rtp)) {
        if (!admit(admission, packet, rtp, payload_type)) {
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
    admission->paused = rtp->payload_type == RTP_NOISE || rtp->payload_type == RTP_NOISE_CISCO;
    if (packet->address == admission->peer_address) {
        admission->peer_heard = true;
        admission->peer_silent = 0;
    } else if (admission->peer_address != 0) {
        counters[STATISTIC_PACKETS_FOREIGN]++;
        counters[STATISTIC_FOREIGN_ADDRESS] = packet->address;
    }
    counters[STATISTIC_PACKETS_RECEIVED]++;
    counters[STATISTIC_OCTETS_RECEIVED] += rtp->payload_length;
    counters[STATISTIC_PACKETS_LOST] = rtp_source_lost(source);
    counters[STATISTIC_JITTER] = source->jitter >> 4;
    if (counters[STATISTIC_JITTER_MAXIMUM] < counters[STATISTIC_JITTER])
        counters[STATISTIC_JITTER_MAXIMUM] = counters[STATISTIC_JITTER];
    return verdict;
}
