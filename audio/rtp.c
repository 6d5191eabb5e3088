/*
 * RTP packets and sources; RFC 3550 sections 5.1, 6.4.1 and appendices A.1, A.3 and A.8.
 */
#include "rtp.h"
#include "octets.h"

/* Appendix A.1: larger steps are taken for a restart of the sender. */
#define MAXIMUM_DROPOUT 3000
#define MAXIMUM_MISORDER 64

bool rtp_parse(const uint8_t *octets, uint32_t length, struct rtp_packet *packet) {
    if (length < RTP_HEADER || octets[0] >> 6 != 2)
        return false;

    uint32_t begin = RTP_HEADER + 4u * (octets[0] & 15);

    if (octets[0] & 0x10) { /* header extension */
        if (length < begin + 4)
            return false;
        begin += 4 + 4u * get16(octets + begin + 2);
    }
    if (length < begin)
        return false;

    uint32_t end = length;

    if (octets[0] & 0x20) { /* padding, its count in the last octet */
        uint32_t padding = length > begin ? octets[length - 1] : 0;

        if (padding == 0 || padding > length - begin)
            return false;
        end -= padding;
    }
    packet->payload = octets + begin;
    packet->payload_length = (uint16_t)(end - begin);
    packet->payload_type = octets[1] & 0x7F;
    packet->marker = octets[1] >> 7;
    packet->sequence = get16(octets + 2);
    packet->timestamp = get32(octets + 4);
    packet->ssrc = get32(octets + 8);
    return true;
}

void rtp_build(uint8_t *octets, uint8_t payload_type, bool marker, uint16_t sequence, uint32_t timestamp,
               uint32_t ssrc) {
    octets[0] = 0x80;
    octets[1] = (uint8_t)((marker ? 0x80 : 0) | payload_type);
    put16(octets + 2, sequence);
    put32(octets + 4, timestamp);
    put32(octets + 8, ssrc);
}

static uint32_t seen_bit(uint16_t sequence) {
    return 1u << (sequence & 31);
}

static void begin(struct rtp_source *source, uint16_t sequence) {
    source->highest = sequence;
    source->jump = false;
    source->expected = 1;
    source->received = 1;
    source->seen[0] = source->seen[1] = 0;
    source->seen[sequence >> 5 & 1] = seen_bit(sequence);
}

void rtp_source_start(struct rtp_source *source, const struct rtp_packet *packet, uint32_t arrival) {
    /* Also of one that was given up meanwhile. */
    source->lost_before = rtp_source_lost(source);
    if (source->ssrc != packet->ssrc)
        source->jitter = 0;
    source->active = true;
    source->ssrc = packet->ssrc;
    source->timestamp = packet->timestamp;
    source->transit = arrival - packet->timestamp;
    begin(source, packet->sequence);
}

static void advance(struct rtp_source *source, uint16_t step) {
    source->expected += step;
    if (step >= 64)
        source->seen[0] = source->seen[1] = 0;
    for (uint32_t i = step < 64 ? step : 0; i > 0; i--) {
        uint16_t passed = (uint16_t)(source->highest + i);

        source->seen[passed >> 5 & 1] &= ~seen_bit(passed);
    }
    source->highest = (uint16_t)(source->highest + step);
}

static void measure(struct rtp_source *source, uint32_t timestamp, uint32_t arrival) {
    /* Packets of one event (RFC 4733) share its timestamp, and do not tell when they were due. */
    if (timestamp == source->timestamp)
        return;
    source->timestamp = timestamp;

    uint32_t transit = arrival - timestamp;
    int32_t difference = (int32_t)(transit - source->transit);

    source->transit = transit;
    if (difference < 0)
        difference = difference == INT32_MIN ? INT32_MAX : -difference;
    /* A change of more than four seconds is a new timeline, no jitter. */
    if (difference < 32768)
        source->jitter += (uint32_t)difference - ((source->jitter + 8) >> 4);
}

enum rtp_sequence rtp_source_receive(struct rtp_source *source, const struct rtp_packet *packet, uint32_t arrival) {
    uint16_t step = (uint16_t)(packet->sequence - source->highest);
    enum rtp_sequence verdict = RTP_NEXT;

    if (step != 0 && step < MAXIMUM_DROPOUT) {
        advance(source, step);
        measure(source, packet->timestamp, arrival);
    } else if (step == 0 || step > UINT16_MAX - MAXIMUM_MISORDER + 1) {
        if (source->seen[packet->sequence >> 5 & 1] & seen_bit(packet->sequence))
            return RTP_DUPLICATE;
        uint32_t span = (uint16_t)(source->highest - packet->sequence) + 1u;

        if (source->expected < span) /* it comes from before the first one */
            source->expected = span;
        verdict = RTP_REORDERED;
    } else if (source->jump && packet->sequence == source->after_jump) {
        rtp_source_start(source, packet, arrival);
        return RTP_RESTARTED;
    } else {
        source->jump = true;
        source->after_jump = (uint16_t)(packet->sequence + 1);
        return RTP_REFUSED;
    }
    source->jump = false;
    source->received++;
    source->seen[packet->sequence >> 5 & 1] |= seen_bit(packet->sequence);
    return verdict;
}

uint32_t rtp_source_lost(const struct rtp_source *source) {
    return source->lost_before + (source->expected - source->received);
}
