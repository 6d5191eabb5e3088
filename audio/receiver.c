/*
 * The receiving side of a stream; see receiver.h.
 */
#include "receiver.h"
#include "statistics.h"
#include "stretch.h"

#include <string.h>

/* Samples in which comfort noise takes over from sound. */
#define NOISE_ENTRY PIPELINE_FRAME

void receiver_open(struct receiver *receiver, const struct codec *codec) {
    struct rtcp rtcp = receiver->rtcp;
    struct admission admission = receiver->admission;

    admission_begin(&admission);
    memset(receiver, 0, sizeof *receiver);
    receiver->rtcp = rtcp;
    receiver->admission = admission;
    receiver->codec = codec;
    codec->reset(&receiver->state);
    receiver->open = true;
}

void receiver_set_peer(struct receiver *receiver, uint32_t address, uint32_t port) {
    admission_set_peer(&receiver->admission, address, (uint16_t)port);
}

/* Timestamps begin anew: those of before say nothing. */
static void begin_source(struct receiver *receiver) {
    jitter_restart(&receiver->jitter);
    receiver->event_known = false;
    receiver->noise.known = false;
}

/* The sender has the last word on the codec. What waits to be played, and the past, become codes of the other one. */
static void change_codec(struct receiver *receiver, const struct codec *codec) {
    uint8_t other[256], *codes = receiver->jitter.codes;
    int16_t linear[32];

    for (uint32_t i = 0; i < sizeof other; i++)
        other[i] = (uint8_t)i;
    for (uint32_t i = 0; i < sizeof other; i += 32) {
        receiver->codec->decode(NULL, other + i, linear, 32);
        codec->encode(NULL, linear, other + i, 32);
    }
    for (uint32_t i = 0; i < sizeof receiver->jitter.codes; i++)
        codes[i] = other[codes[i]];
    receiver->codec = codec;
    codec->reset(&receiver->state);
    receiver->octets = 0;
}

/* An event (RFC 4733 section 2.3) is told many times over; one timestamp is one event. It stands in place of sound, so
 * what is missing from there on is a pause and not lost. */
static void receive_event(struct receiver *receiver, const struct rtp_packet *rtp, uint32_t *counters) {
    if (rtp->payload_length < 4) {
        counters[STATISTIC_PACKETS_DISCARDED]++;
        return;
    }
    /* A copy that was overtaken by the next event is no new one. */
    if (receiver->event_known && (int32_t)(rtp->timestamp - receiver->event_timestamp) <= 0)
        return;
    receiver->event_known = true;
    receiver->event_timestamp = rtp->timestamp;
    if (!receiver->noise.known)
        noise_describe(&receiver->noise, rtp->timestamp, NULL, 0);
    counters[STATISTIC_EVENTS_RECEIVED]++;
    counters[STATISTIC_EVENT_RECEIVED] = rtp->payload[0];
}

static void receive_sound(struct receiver *receiver, const struct rtp_packet *rtp, uint32_t *counters) {
    if (rtp->payload_length == 0)
        return;
    if (rtp->payload_type != receiver->codec->payload_type)
        change_codec(receiver, codec_of(rtp->payload_type));
    if (rtp->payload_length != receiver->octets) {
        receiver->octets = rtp->payload_length;
        counters[STATISTIC_PAYLOAD_TYPE_RECEIVED] = rtp->payload_type;
        counters[STATISTIC_PACKET_TIME_RECEIVED] = rtp->payload_length * 10u / receiver->codec->frame_octets;
    }

    bool silent =
        receiver->noise.sounds || (receiver->conceal.state == CONCEAL_GAP && receiver->conceal.made >= CONCEAL_SILENT);
    enum jitter_put put =
        jitter_put(&receiver->jitter, rtp->timestamp, rtp->payload, rtp->payload_length, rtp->marker, silent);

    if (put == JITTER_LATE)
        counters[STATISTIC_PACKETS_LATE]++;
    else if (put == JITTER_OUTSIDE)
        counters[STATISTIC_PACKETS_DISCARDED]++;

    int32_t delay = jitter_delay(&receiver->jitter);

    counters[STATISTIC_DELAY] = delay > 0 ? (uint32_t)delay / PIPELINE_MILLISECOND : 0;
}

/* Reports come from the peer's address, of whatever port; where they are off they are no sound all the same. */
static void receive_report(struct receiver *receiver, const struct packet *packet, uint32_t *counters) {
    if (!admission_report(&receiver->admission, packet->address))
        counters[STATISTIC_PACKETS_STRAY]++;
    else if (!receiver->rtcp.enabled ||
             !rtcp_receive(&receiver->rtcp, packet->octets, packet->length, receiver->admission.source.ssrc, counters))
        counters[STATISTIC_PACKETS_DISCARDED]++;
    if (receiver->rtcp.left)
        admission_left(&receiver->admission);
    receiver->rtcp.left = false;
}

static void receive(struct receiver *receiver, const struct packet *packet, uint32_t *counters) {
    struct rtp_packet rtp;

    if (packet->length <= PACKET_OCTETS && rtcp_is(packet->octets, packet->length)) {
        receive_report(receiver, packet, counters);
        return;
    }
    if (packet->length > PACKET_OCTETS || !rtp_parse(packet->octets, packet->length, &rtp)) {
        counters[STATISTIC_PACKETS_DISCARDED]++;
        return;
    }

    enum admission_verdict verdict =
        admission_judge(&receiver->admission, packet, &rtp, receiver->codec->payload_type, counters);

    if (verdict == ADMISSION_REFUSED)
        return;
    if (verdict == ADMISSION_BEGINS)
        begin_source(receiver);
    if (rtp.payload_type == receiver->codec->payload_type || codec_of(rtp.payload_type))
        receive_sound(receiver, &rtp, counters);
    else if (rtp.payload_type == receiver->codec->noise_type || rtp.payload_type == RTP_NOISE_CISCO)
        noise_describe(&receiver->noise, rtp.timestamp, rtp.payload, rtp.payload_length);
    else if (receiver->events != 0 && rtp.payload_type == receiver->events)
        receive_event(receiver, &rtp, counters);
    else
        counters[STATISTIC_PACKETS_DISCARDED]++;
}

/* Begins to conceal what follows the first `at` samples of the frame. */
static void begin_gap(struct receiver *receiver, const int16_t *frame, uint32_t at) {
    struct conceal *conceal = &receiver->conceal;
    uint8_t codes[CONCEAL_PAST];
    uint32_t known = jitter_past(&receiver->jitter, codes, CONCEAL_PAST - at);
    int16_t *end = conceal->past + CONCEAL_PAST - at;

    if (known + at == 0) {
        conceal_silence(conceal);
        return;
    }
    memset(conceal->past, 0, (CONCEAL_PAST - at - known) * sizeof *end);
    receiver->codec->decode(&receiver->state, codes, end - known, known);
    memcpy(end, frame, at * sizeof *end);
    conceal_begin(conceal);
}

/* Whether silence from the sender, told by a comfort noise packet, has begun at this sample of the frame. */
static bool noise_due(const struct receiver *receiver, uint32_t at) {
    const struct noise *noise = &receiver->noise;
    const struct jitter *jitter = &receiver->jitter;

    return noise->known &&
           (noise->sounds || !jitter->started || (int32_t)(jitter->cursor - PIPELINE_FRAME + at - noise->from) >= 0);
}

/* What there is to hear where nothing came. */
enum filling { FILLING_SILENCE, FILLING_CONCEALMENT, FILLING_NOISE };

/* Makes the samples from `from` up to `to`, of which nothing came. */
static enum filling fill(struct receiver *receiver, int16_t *frame, uint32_t from, uint32_t to) {
    struct conceal *conceal = &receiver->conceal;
    struct noise *noise = &receiver->noise;
    bool due = noise_due(receiver, from);

    if (due && !noise->sounds) {
        noise->sounds = true;
        noise->entry = NOISE_ENTRY;
        noise->size = 0;
    }
    if (conceal->state != CONCEAL_GAP)
        begin_gap(receiver, frame, from);

    bool audible = conceal_sounds(conceal);

    conceal_make(conceal, frame + from, to - from);
    if (!due)
        return audible ? FILLING_CONCEALMENT : FILLING_SILENCE;
    for (uint32_t i = from; i < to && audible; i++) {
        if (noise->entry > 0)
            noise->entry--;
        frame[i] = (int16_t)(frame[i] * noise->entry / NOISE_ENTRY);
    }
    if (noise->entry == 0)
        conceal_silence(conceal);
    noise_add(noise, frame + from, to - from);
    return FILLING_NOISE;
}

/* Sound that came is played from sample `at` of the frame on: a silence told before is over. */
static void end_noise(struct receiver *receiver, uint32_t at) {
    if (noise_due(receiver, at))
        receiver->noise.sounds = receiver->noise.known = false;
}

/* Makes a frame of which only the samples in `have` came, if any; false when it is silent. */
static bool mend(struct receiver *receiver, const uint8_t *codes, const uint32_t have[3], int16_t *frame,
                 uint32_t *counters) {
    struct conceal *conceal = &receiver->conceal;
    uint8_t played[PIPELINE_FRAME];
    bool sounds = false;

    for (uint32_t from = 0, to; from < PIPELINE_FRAME; from = to) {
        bool there = have[from / 32] >> from % 32 & 1;

        for (to = from + 1; to < PIPELINE_FRAME && (have[to / 32] >> to % 32 & 1) == there; to++) {
        }
        if (there) {
            end_noise(receiver, from);
            receiver->codec->decode(&receiver->state, codes + from, frame + from, to - from);
            if (conceal->state != CONCEAL_IDLE)
                conceal_merge(conceal, frame + from, to - from);
            sounds = true;
        } else {
            enum filling filling = fill(receiver, frame, from, to);

            sounds |= filling != FILLING_SILENCE;
            if (filling == FILLING_CONCEALMENT)
                receiver->concealed += (uint16_t)(to - from);
        }
    }
    /* Gaps need not begin with a frame: samples are counted, and told when they make up a frame. */
    if (receiver->concealed >= PIPELINE_FRAME) {
        receiver->concealed -= PIPELINE_FRAME;
        counters[STATISTIC_CONCEALED_FRAMES]++;
    }
    receiver->codec->encode(&receiver->state, frame, played, PIPELINE_FRAME);
    jitter_replace(&receiver->jitter, played);
    return sounds;
}

void receiver_take(struct receiver *receiver, struct packet_ring *received, uint32_t *counters) {
    const struct packet *packet;

    while ((packet = packet_ring_peek(received)) != NULL) {
        receive(receiver, packet, counters);
        packet_ring_release(received);
    }
}

bool receiver_expects(const struct receiver *receiver, const struct packet *packet, uint32_t *counters) {
    bool expected = admission_expects(&receiver->admission, packet->address);

    if (!expected)
        counters[STATISTIC_PACKETS_STRAY]++;
    return expected;
}

bool receiver_frame(struct receiver *receiver, struct packet_ring *received, uint32_t *counters,
                    int16_t frame[PIPELINE_FRAME]) {
    static const uint32_t none[3];
    const uint8_t *codes = NULL;
    uint32_t have[3];

    receiver_take(receiver, received, counters);
    admission_tick(&receiver->admission);

    enum jitter_frame got = jitter_get(&receiver->jitter, &codes, have);

    if (receiver->jitter.leapt && receiver->conceal.state == CONCEAL_IDLE)
        begin_gap(receiver, frame, 0);
    receiver->jitter.leapt = false;
    switch (got) {
    case JITTER_WAITING:
        if (!conceal_sounds(&receiver->conceal) && !receiver->noise.known) {
            conceal_silence(&receiver->conceal);
            return false;
        }
        if (!mend(receiver, codes, none, frame, counters))
            return false;
        break;
    case JITTER_WHOLE:
        end_noise(receiver, 0);
        receiver->codec->decode(&receiver->state, codes, frame, PIPELINE_FRAME);
        if (receiver->conceal.state != CONCEAL_IDLE)
            conceal_merge(&receiver->conceal, frame, PIPELINE_FRAME);
        else
            stretch_frame(&receiver->jitter, receiver->codec, frame, &receiver->attempts);
        break;
    case JITTER_PARTIAL:
    case JITTER_MISSING:
        if (!mend(receiver, codes, have, frame, counters))
            return false;
        break;
    }
    counters[STATISTIC_FRAMES_PLAYED]++;
    return true;
}
