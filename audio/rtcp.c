/*
 * RTCP reports; see rtcp.h. RFC 3550 sections 6.2 to 6.6 and appendices A.2 and A.3.
 */
#include "rtcp.h"
#include "octets.h"
#include "statistics.h"

enum {
    TYPE_FIRST = 200,
    TYPE_SENDER = 200,
    TYPE_RECEIVER = 201,
    TYPE_DESCRIPTION = 202,
    TYPE_BYE = 203,
    TYPE_LAST = 207
};

#define HEADER 8
#define SENDER 20
#define BLOCK 24
#define NAME_DIGITS 16
/* Reports are 5 s apart, drawn from half to one and a half of that so that phones do not keep step; the first comes in
 * half the time. */
#define INTERVAL_LEAST 250u
#define INTERVAL_SPREAD 500u
/* 2^32 / 100, and a tick in 1/65536 s. */
#define FRACTION 42949673u

/* Time of a tick, as NTP's seconds and fraction. */
static uint32_t seconds(uint32_t tick) {
    return tick / 100;
}

static uint32_t fraction(uint32_t tick) {
    return tick % 100 * FRACTION;
}

/* The middle 32 bits of it: 1/65536 s. */
static uint32_t middle(uint32_t tick) {
    return seconds(tick) << 16 | fraction(tick) >> 16;
}

static uint32_t draw(const struct rtcp *rtcp) {
    return INTERVAL_LEAST + ((rtcp->ssrc ^ rtcp->tick) * 2654435761u >> 16) % INTERVAL_SPREAD;
}

void rtcp_start(struct rtcp *rtcp, const uint32_t seed[3]) {
    *rtcp = (struct rtcp){.enabled = true, .ssrc = seed[0], .name = {seed[1], seed[2]}};
    rtcp->due = draw(rtcp) / 2;
}

bool rtcp_is(const uint8_t *octets, uint32_t length) {
    return length >= 2 && octets[1] >= TYPE_FIRST && octets[1] <= TYPE_LAST;
}

bool rtcp_tick(struct rtcp *rtcp) {
    return (int32_t)(++rtcp->tick - rtcp->due) >= 0;
}

/* Writes the header of a part of `length` octets in all. */
static void put_header(uint8_t *octets, uint32_t count, uint32_t type, uint32_t length, uint32_t ssrc) {
    octets[0] = (uint8_t)(0x80 | count);
    octets[1] = (uint8_t)type;
    put16(octets + 2, length / 4 - 1);
    put32(octets + 4, ssrc);
}

static void put_block(struct rtcp *rtcp, const struct rtp_source *source, uint8_t *octets) {
    /* Counting may have begun anew. */
    bool again = source->expected < rtcp->expected || source->received < rtcp->received;
    uint32_t expected = source->expected - (again ? 0 : rtcp->expected);
    uint32_t received = source->received - (again ? 0 : rtcp->received);
    uint32_t lost = expected > received ? expected - received : 0;
    int32_t all = (int32_t)rtp_source_lost(source);
    /* The first sequence number, and how often it has gone round since. */
    uint16_t first = (uint16_t)(source->highest - source->expected + 1);

    /* A share in 1/256 is all that is told. */
    for (; expected > UINT16_MAX; expected >>= 1)
        lost >>= 1;
    put32(octets, source->ssrc);
    put32(octets + 4, (uint32_t)(all > 0x7FFFFF ? 0x7FFFFF : all < -0x800000 ? -0x800000 : all) & 0xFFFFFF);
    octets[4] = (uint8_t)(lost == 0 ? 0 : lost >= expected ? 255 : lost * 256 / expected);
    put32(octets + 8, first + source->expected - 1);
    put32(octets + 12, source->jitter >> 4);
    put32(octets + 16, rtcp->heard ? rtcp->report : 0);
    put32(octets + 20, rtcp->heard ? middle(rtcp->tick) - middle(rtcp->report_tick) : 0);
    rtcp->expected = source->expected;
    rtcp->received = source->received;
}

/* Source description with the name alone: digits of the random numbers that the stream began with. */
static uint32_t put_description(const struct rtcp *rtcp, uint8_t *octets) {
    /* Header, item and length, name, and at least one 0 up to a multiple of four. */
    uint32_t length = (HEADER + 2 + NAME_DIGITS + 4) / 4 * 4;

    put_header(octets, 1, TYPE_DESCRIPTION, length, rtcp->ssrc);
    octets[HEADER] = 1;
    octets[HEADER + 1] = NAME_DIGITS;
    for (uint32_t i = 0; i < NAME_DIGITS; i++)
        octets[HEADER + 2 + i] = (uint8_t) "0123456789abcdef"[rtcp->name[i / 8] >> 4 * (i % 8) & 15];
    for (uint32_t i = HEADER + 2 + NAME_DIGITS; i < length; i++)
        octets[i] = 0;
    return length;
}

uint32_t rtcp_build(struct rtcp *rtcp, const struct rtcp_sent *sent, const struct rtp_source *source, bool bye,
                    uint8_t octets[RTCP_OCTETS]) {
    bool sender = sent->packets != rtcp->sent;
    uint32_t length = HEADER;

    if (sender) {
        put32(octets + 8, seconds(rtcp->tick));
        put32(octets + 12, fraction(rtcp->tick));
        put32(octets + 16, sent->timestamp);
        put32(octets + 20, sent->packets);
        put32(octets + 24, sent->octets);
        length += SENDER;
    }
    if (source->active) {
        put_block(rtcp, source, octets + length);
        length += BLOCK;
    }
    put_header(octets, source->active, sender ? TYPE_SENDER : TYPE_RECEIVER, length, rtcp->ssrc);
    rtcp->sent = sent->packets;
    rtcp->due = rtcp->tick + draw(rtcp);
    length += put_description(rtcp, octets + length);
    if (bye) {
        put_header(octets + length, 1, TYPE_BYE, HEADER, rtcp->ssrc);
        length += HEADER;
    }
    return length;
}

/* What the far end says about what it hears of us. */
static void take_block(const struct rtcp *rtcp, const uint8_t *block, uint32_t *counters) {
    uint32_t lost = get32(block + 4) & 0xFFFFFF;
    uint32_t report = get32(block + 16);

    if (get32(block) != rtcp->ssrc)
        return;
    /* A negative number: more came than was sent, by repetition on the way. */
    counters[STATISTIC_REMOTE_LOST] = lost < 0x800000 ? lost : 0;
    counters[STATISTIC_REMOTE_JITTER] = get32(block + 12);
    if (report == 0)
        return;

    uint32_t trip = middle(rtcp->tick) - report - get32(block + 20);

    /* Less than nothing by the ticks' coarseness, or nonsense: 30 s are more than any network takes. */
    if ((int32_t)trip < 0)
        trip = 0;
    if (trip < 30u << 16)
        counters[STATISTIC_ROUND_TRIP] = trip * 125 / 8192;
}

bool rtcp_receive(struct rtcp *rtcp, const uint8_t *octets, uint32_t length, uint32_t peer, uint32_t *counters) {
    for (uint32_t at = 0, part; at < length; at += part) {
        const uint8_t *begin = octets + at;

        if (length - at < 4 || begin[0] >> 6 != 2)
            return false;
        part = 4 * (get16(begin + 2) + 1u);

        uint32_t count = begin[0] & 31, type = begin[1], head = type == TYPE_SENDER ? HEADER + SENDER : HEADER;

        if (part > length - at || (at == 0 && type != TYPE_SENDER && type != TYPE_RECEIVER))
            return false;
        if (type == TYPE_BYE) {
            if (part < 4 + count * 4)
                return false;
            for (uint32_t i = 0; i < count; i++)
                rtcp->left |= get32(begin + 4 + i * 4) == peer;
        }
        if (type != TYPE_SENDER && type != TYPE_RECEIVER)
            continue;
        if (part < head + count * BLOCK)
            return false;
        if (type == TYPE_SENDER && get32(begin + 4) == peer) {
            rtcp->heard = true;
            rtcp->report = get32(begin + 10);
            rtcp->report_tick = rtcp->tick;
        }
        for (uint32_t i = 0; i < count; i++)
            take_block(rtcp, begin + head + i * BLOCK, counters);
    }
    return length > 0;
}
