/*
 * The receiving side of a stream; see receiver.h.
 */
#include "receiver.h"
#include "statistics.h"
#include "stretch.h"

#include <string.h>

/* Time in which comfort noise takes over from sound, in codes. */
#define NOISE_ENTRY PIPELINE_FRAME

/* Ticks for which an event (RFC 4733) stands in place of sound after its latest packet, which comes every 50 ms or
 * sooner: the jitter buffer's delay and some lost packets. */
#define EVENT_TICKS 100

void receiver_open(struct receiver *receiver, const struct codec *codec) {
    struct rtcp rtcp = receiver->rtcp;
    struct admission admission = receiver->admission;

    admission_begin(&admission);
    memset(receiver, 0, sizeof *receiver);
    receiver->rtcp = rtcp;
    receiver->admission = admission;
    receiver->codec = receiver->codecs[0] = codec;
    receiver->samples = codec->samples;
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

/* The number of a codec among those that have come; JITTER_KINDS when it cannot be one of them. */
static uint32_t kind_of(struct receiver *receiver, const struct codec *codec) {
    uint32_t kind = 0;

    if (codec->samples != receiver->samples)
        return JITTER_KINDS;
    while (kind < JITTER_KINDS && receiver->codecs[kind] != codec && receiver->codecs[kind])
        kind++;
    if (kind < JITTER_KINDS)
        receiver->codecs[kind] = codec;
    return kind;
}

/* An event (RFC 4733 section 2.3) is told many times over; one timestamp is one event. It stands in place of sound, so
 * what is missing from there on is a pause and not lost. */
static void receive_event(struct receiver *receiver, const struct rtp_packet *rtp, uint32_t *counters) {
    if (rtp->payload_length < 4) {
        counters[STATISTIC_PACKETS_DISCARDED]++;
        return;
    }
    receiver->event_ticks = EVENT_TICKS;
    /* A copy that was overtaken by the next event is no new one. */
    if (receiver->event_known && (int32_t)(rtp->timestamp - receiver->event_timestamp) <= 0)
        return;
    receiver->event_known = true;
    receiver->event_timestamp = rtp->timestamp;
    if (!receiver->noise.known) {
        noise_describe(&receiver->noise, rtp->timestamp, NULL, 0);
        receiver->event_pauses = true;
    }
    counters[STATISTIC_EVENTS_RECEIVED]++;
    counters[STATISTIC_EVENT_RECEIVED] = rtp->payload[0];
}

static void receive_noise(struct receiver *receiver, const struct rtp_packet *rtp) {
    receiver->event_pauses = false;
    noise_describe(&receiver->noise, rtp->timestamp, rtp->payload, rtp->payload_length);
}

static void receive_sound(struct receiver *receiver, const struct rtp_packet *rtp, uint32_t *counters) {
    if (rtp->payload_length == 0)
        return;

    const struct codec *codec = codec_of(rtp->payload_type);
    uint32_t kind = kind_of(receiver, codec);

    if (kind == JITTER_KINDS) {
        counters[STATISTIC_PACKETS_DISCARDED]++;
        return;
    }
    if (codec != receiver->codec || rtp->payload_length != receiver->octets) {
        receiver->codec = codec;
        receiver->octets = rtp->payload_length;
        counters[STATISTIC_PAYLOAD_TYPE_RECEIVED] = rtp->payload_type;
        counters[STATISTIC_PACKET_TIME_RECEIVED] = rtp->payload_length * 10u / receiver->codec->frame_octets;
    }

    bool silent = receiver->noise.sounds || conceal_silent(&receiver->conceal);
    struct jitter_packet packet = {.codes = rtp->payload,
                                   .count = rtp->payload_length,
                                   .timestamp = rtp->timestamp,
                                   .sequence = rtp->sequence,
                                   .kind = (uint8_t)kind,
                                   .marker = rtp->marker};
    enum jitter_put put = jitter_put(&receiver->jitter, &packet, silent);

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
        receive_noise(receiver, &rtp);
    else if (receiver->events != 0 && rtp.payload_type == receiver->events)
        receive_event(receiver, &rtp, counters);
    else
        counters[STATISTIC_PACKETS_DISCARDED]++;
}

/* Decodes what is played so many codes behind the cursor (or before it). */
static void decode(struct receiver *receiver, int32_t from, uint32_t count, int16_t *sound) {
    while (count > 0) {
        const uint8_t *codes;
        uint32_t kind, run = jitter_read(&receiver->jitter, from, count, &codes, &kind);
        const struct codec *codec = receiver->codecs[kind];

        if (kind != receiver->decoded) {
            receiver->decoded = (uint8_t)kind;
            codec->reset(&receiver->state);
        }
        codec->decode(&receiver->state, codes, sound, run);
        sound += run * receiver->samples;
        from += (int32_t)run;
        count -= run;
    }
}

/* Decodes the frame's codes from `from` up to `to`, but for the first `ahead`, whose sound is there. */
static void decode_frame(struct receiver *receiver, int16_t *frame, uint32_t from, uint32_t to, uint32_t ahead) {
    if (from < ahead)
        from = ahead;
    if (from < to)
        decode(receiver, (int32_t)from - PIPELINE_FRAME, to - from, frame + from * receiver->samples);
}

/* Whether silence from the sender, told by a comfort noise packet, has begun at this code of the frame. */
static bool noise_due(const struct receiver *receiver, uint32_t at) {
    const struct noise *noise = &receiver->noise;
    const struct jitter *jitter = &receiver->jitter;

    return noise->known &&
           (noise->sounds || !jitter->started || (int32_t)(jitter->cursor - PIPELINE_FRAME + at - noise->from) >= 0);
}

/* What there is to hear where nothing came. */
enum filling { FILLING_SILENCE, FILLING_CONCEALMENT, FILLING_NOISE };

/* Begins to conceal what is missing from a sample of the playout on, which is so many behind the frame's first. */
static void begin_gap(struct receiver *receiver, const int16_t *sound, uint32_t at) {
    conceal_begin(&receiver->conceal, sound, receiver->playout.past + at, receiver->samples);
}

/* Makes the sound of the frame's codes from `from` up to `to`, of which nothing came. */
static enum filling fill(struct receiver *receiver, int16_t *frame, uint32_t from, uint32_t to) {
    struct conceal *conceal = &receiver->conceal;
    struct noise *noise = &receiver->noise;
    uint32_t samples = receiver->samples, count = (to - from) * samples;
    bool due = noise_due(receiver, from);

    frame += from * samples;
    if (due && !noise->sounds) {
        noise->sounds = true;
        noise->entry = (uint16_t)(NOISE_ENTRY * samples);
        noise->size = 0;
    }
    if (conceal->state != CONCEAL_GAP)
        begin_gap(receiver, frame, from * samples);

    bool audible = conceal_sounds(conceal);

    conceal_make(conceal, frame, count);
    if (!due)
        return audible ? FILLING_CONCEALMENT : FILLING_SILENCE;
    for (uint32_t i = 0; i < count && audible; i++) {
        if (noise->entry > 0)
            noise->entry--;
        frame[i] = (int16_t)(frame[i] * noise->entry / (int32_t)(NOISE_ENTRY * samples));
    }
    if (noise->entry == 0)
        conceal_silence(conceal);
    noise_add(noise, frame, count);
    return FILLING_NOISE;
}

/* Sound that came is played from this code of the frame on: a silence told before is over. */
static void end_noise(struct receiver *receiver, uint32_t at) {
    if (noise_due(receiver, at))
        receiver->noise.sounds = receiver->noise.known = false;
}

/* Counts codes that are not heard: what the sender has not told as silence is missing, however little of it concealment
 * makes up for. Gaps need not begin with a frame: they are told when they make up one. */
static void miss(struct receiver *receiver, uint32_t codes, uint32_t *counters) {
    if (!receiver->begun)
        return;
    codes += receiver->concealed;
    counters[STATISTIC_CONCEALED_FRAMES] += codes / PIPELINE_FRAME;
    receiver->concealed = (uint16_t)(codes % PIPELINE_FRAME);
}

/* Counts sound that was left out, which nobody has heard, as if its time had gone by without it. */
static void miss_leapt(struct receiver *receiver, uint32_t codes, uint32_t *counters) {
    if (!receiver->begun)
        return;
    counters[STATISTIC_FRAMES_PLAYED] += (codes + PIPELINE_FRAME / 2) / PIPELINE_FRAME;
    miss(receiver, codes, counters);
}

/* An event stands for sound as long as it is told: one that is told no more has ended. */
static void age_event(struct receiver *receiver) {
    if (receiver->event_ticks > 0 && --receiver->event_ticks == 0 && receiver->event_pauses)
        receiver->noise.known = receiver->noise.sounds = receiver->event_pauses = false;
}

/* Where what is behind the gap of the frame from this code up to that one is there already, makes all of the gap so
 * that it leads there. `rest` are the codes of the frame behind the gap, if all of them are there. */
static bool bridge(struct receiver *receiver, int16_t *frame, uint32_t from, uint32_t to, bool rest) {
    struct jitter *jitter = &receiver->jitter;
    uint32_t samples = receiver->samples, gap = to - from, behind = 0;

    if (noise_due(receiver, from))
        return false;
    if (to < PIPELINE_FRAME) {
        uint32_t more = 0;

        if (!rest)
            return false;
        behind = PIPELINE_FRAME - to;
        if (jitter_gap(jitter, 0, 160, &more) == 0)
            behind += more;
    } else {
        uint32_t on = jitter_gap(jitter, CONCEAL_BRIDGE - gap, 160, &behind);

        if (on > CONCEAL_BRIDGE - gap)
            return false;
        gap += on;
    }
    if (behind < CONCEAL_BEHIND)
        return false;
    if (receiver->conceal.state != CONCEAL_GAP)
        begin_gap(receiver, frame + from * samples, from * samples);
    if (receiver->conceal.made >= CONCEAL_SILENT * samples)
        return false;
    decode(receiver, (int32_t)(from + gap) - PIPELINE_FRAME, behind, frame + (from + gap) * samples);
    conceal_bridge(&receiver->conceal, frame + from * samples, gap * samples, behind * samples);
    jitter_made(jitter, from + gap + behind);
    return true;
}

/* Whether all codes of the frame from this one on are in `have`. */
static bool has_rest(const uint32_t have[3], uint32_t from) {
    while (from < PIPELINE_FRAME && (have[from / 32] >> from % 32 & 1))
        from++;
    return from == PIPELINE_FRAME;
}

/* Makes a frame of which only the codes in `have` came, if any; false when it is silent. */
static bool mend(struct receiver *receiver, const uint32_t have[3], int16_t *frame, uint32_t ahead,
                 uint32_t *counters) {
    struct conceal *conceal = &receiver->conceal;
    uint32_t samples = receiver->samples;
    bool sounds = false;

    for (uint32_t from = 0, to; from < PIPELINE_FRAME; from = to) {
        bool there = have[from / 32] >> from % 32 & 1;

        for (to = from + 1; to < PIPELINE_FRAME && (have[to / 32] >> to % 32 & 1) == there; to++) {
        }
        if (!there && to <= ahead) {
            /* Bridged before. */
            miss(receiver, to - from, counters);
            sounds = true;
        } else if (!there && from >= ahead && bridge(receiver, frame, from, to, has_rest(have, to))) {
            ahead = PIPELINE_FRAME + receiver->jitter.ahead;
            miss(receiver, to - from, counters);
            sounds = true;
        } else if (there) {
            end_noise(receiver, from);
            receiver->begun = true;
            decode_frame(receiver, frame, from, to, ahead);
            if (conceal->state != CONCEAL_IDLE)
                conceal_merge(conceal, frame + from * samples, (to - from) * samples);
            sounds = true;
        } else {
            enum filling filling = fill(receiver, frame, from, to);

            sounds |= filling != FILLING_SILENCE;
            if (filling != FILLING_NOISE)
                miss(receiver, to - from, counters);
        }
    }
    return sounds;
}

/* Sees to it that the sound behind the frame is decoded as far as `most` codes, if they are there. */
static void look(struct receiver *receiver, int16_t *frame, uint32_t most) {
    struct jitter *jitter = &receiver->jitter;
    uint32_t before = jitter->ahead;

    if (jitter_look(jitter, most))
        decode(receiver, (int32_t)before, jitter->ahead - before,
               frame + (PIPELINE_FRAME + before) * receiver->samples);
}

/* Ticks for which sound has to be faint before the delay shrinks in it: between words it stays. */
#define QUIET 10

/* Lets the delay shrink where frame and sound behind it are so faint that nobody hears it. */
static bool shrink_unheard(struct receiver *receiver, int16_t *frame) {
    struct jitter *jitter = &receiver->jitter;
    uint32_t spare = jitter_spare(jitter), samples = receiver->samples;

    if (spare == 0 || !stretch_faint(frame, PIPELINE_FRAME * samples)) {
        receiver->quiet = 0;
        return false;
    }
    if (receiver->quiet < QUIET) {
        receiver->quiet++;
        return true;
    }
    if (spare > STRETCH_MOST)
        spare = STRETCH_MOST;
    look(receiver, frame, spare);
    if (spare > jitter->ahead)
        spare = jitter->ahead;
    spare &= ~7u;
    if (spare < 24 || !stretch_faint(frame + PIPELINE_FRAME * samples, spare * samples))
        return false;
    stretch_cut(jitter, frame, samples, spare);
    return true;
}

/* Lets the frame's sound grow or shrink as the jitter buffer wants. */
static void stretch(struct receiver *receiver, int16_t *frame) {
    struct jitter *jitter = &receiver->jitter;
    int32_t change = jitter_change(jitter);
    uint32_t samples = receiver->samples;

    if (change > 0) {
        stretch_repeat(jitter, frame, receiver->playout.past / samples, samples, (uint32_t)change);
    } else if (!shrink_unheard(receiver, frame) && change < 0) {
        look(receiver, frame, change < -STRETCH_MOST ? STRETCH_MOST : (uint32_t)-change);
        stretch_leave_out(jitter, frame, samples, (uint32_t)-change, &receiver->attempts);
    }
}

void receiver_take(struct receiver *receiver, struct packet_ring *received, uint32_t *counters) {
    const struct packet *packet = packet_ring_peek(received);

    while (packet) {
        receive(receiver, packet, counters);
        packet_ring_release(received);
        packet = packet_ring_peek(received);
    }
}

bool receiver_expects(const struct receiver *receiver, const struct packet *packet, uint32_t *counters) {
    bool expected = admission_expects(&receiver->admission, packet->address);

    if (!expected)
        counters[STATISTIC_PACKETS_STRAY]++;
    return expected;
}

const int16_t *receiver_frame(struct receiver *receiver, struct packet_ring *received, uint32_t *counters) {
    static const uint32_t none[3];
    struct jitter *jitter = &receiver->jitter;
    uint32_t have[3], ahead;

    if (packet_ring_peek(received))
        receiver_take(receiver, received, counters);
    admission_tick(&receiver->admission);
    age_event(receiver);
    ahead = jitter->ahead;

    enum jitter_frame got = jitter_get(jitter, have);
    int16_t *sound = playout_frame(&receiver->playout, ahead * receiver->samples, receiver->samples);
    bool sounds = true;

    if (jitter->leapt > 0) {
        if (receiver->conceal.state == CONCEAL_IDLE)
            begin_gap(receiver, sound, 0);
        miss_leapt(receiver, jitter->leapt, counters);
        jitter->leapt = 0;
    }
    switch (got) {
    case JITTER_WAITING:
        sounds = receiver->noise.known && mend(receiver, none, sound, 0, counters);
        break;
    case JITTER_WHOLE:
        end_noise(receiver, 0);
        receiver->begun = true;
        decode_frame(receiver, sound, 0, PIPELINE_FRAME, ahead);
        if (receiver->conceal.state != CONCEAL_IDLE)
            conceal_merge(&receiver->conceal, sound, PIPELINE_FRAME * receiver->samples);
        else
            stretch(receiver, sound);
        break;
    case JITTER_PARTIAL:
    case JITTER_MISSING:
        sounds = mend(receiver, have, sound, ahead, counters);
        break;
    }
    if (sounds || receiver->begun)
        counters[STATISTIC_FRAMES_PLAYED]++;
    if (!sounds) {
        receiver->playout.past = 0;
        return NULL;
    }
    playout_pass(&receiver->playout, receiver->samples);
    return sound;
}
