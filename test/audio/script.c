/*
 * Scripted calls; see script.h.
 */
#include "script.h"
#include "g711.h"
#include "g722.h"
#include "rtp.h"

#include <string.h>

#define FNV_BASIS 2166136261u
#define FNV_PRIME 16777619u

/* What the ESP32-S3's port has, -25.5 dB, and 3 dB more than sound comes with. */
#define BOARD_SIDETONE 16
#define BOARD_VOLUME 18
/* The talker is not as near to full scale as in the other calls, which have 3 dB to spare: 12 dB below that. */
#define BOARD_FAINTER 4

static uint32_t below(struct script *script, uint32_t limit) {
    script->random = script->random * 1664525 + 1013904223;
    return (script->random >> 16) % limit;
}

static uint32_t digest(uint32_t hash, const uint8_t *octets, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        hash = (hash ^ octets[i]) * FNV_PRIME;
    return hash;
}

static uint32_t digest_word(uint32_t hash, uint32_t word) {
    uint8_t octets[4] = {(uint8_t)word, (uint8_t)(word >> 8), (uint8_t)(word >> 16), (uint8_t)(word >> 24)};

    return digest(hash, octets, sizeof octets);
}

void script_start(struct script *script, enum script_kind kind) {
    static const uint32_t seed[3] = {0x11223344, 65530, 0xFFFFFF00};
    uint32_t codec = kind == SCRIPT_WIDE || kind == SCRIPT_MIXED ? RTP_G722 : RTP_PCMU;

    memset(script, 0, sizeof *script);
    script->kind = kind;
    script->random = 1;
    script->digest = FNV_BASIS;
    pipeline_reset(&script->pipeline);
    pipeline_set_route(&script->pipeline, ROUTE_HANDSET);
    pipeline_set_wideband(&script->pipeline, true);
    pipeline_open_receive(&script->pipeline, 0, codec, 20);
    pipeline_start_transmit(&script->pipeline, 0, codec, 20, seed);
    pipeline_set_rate(&script->pipeline, pipeline_rate(&script->pipeline));
    pipeline_receive_events(&script->pipeline, 0, kind == SCRIPT_HOSTILE ? 101 : 0);
    if (kind == SCRIPT_BOARD || kind == SCRIPT_WIDE || kind == SCRIPT_HOSTILE) {
        pipeline_set_sidetone(&script->pipeline, BOARD_SIDETONE);
        pipeline_set_volume(&script->pipeline, ROUTE_HANDSET, BOARD_VOLUME);
        pipeline_set_transmit(&script->pipeline, 0, true, 0);
    }
    if (kind >= SCRIPT_EVENTFUL) {
        pipeline_open_receive(&script->pipeline, 1, RTP_PCMA, 30);
        pipeline_start_transmit(&script->pipeline, 1, RTP_PCMA, 30, seed);
        pipeline_set_transmit(&script->pipeline, 0, false, 101);
        pipeline_set_transmit(&script->pipeline, 1, true, 101);
        pipeline_receive_events(&script->pipeline, 0, 101);
        pipeline_receive_events(&script->pipeline, 1, 101);
        pipeline_set_sidetone(&script->pipeline, 8);
    }
}

/* What a person and a call agent might do, now and then. Drawn one by one: arguments have no order of their own. */
static void happen(struct script *script) {
    static const uint8_t countries[6] = {1, 44, 49, 33, 61, 81};
    struct pipeline *pipeline = &script->pipeline;
    uint32_t event = below(script, 12), which = below(script, 256), how = below(script, 25);

    switch (event) {
    case 0:
        if (how < 5)
            pipeline_start_tone(pipeline, which, how % 3);
        break;
    case 1:
        if (how < 5)
            pipeline_stop_tone(pipeline, which % 2 == 0);
        break;
    case 2:
        if (how < 3)
            pipeline_ring(pipeline, which % 12, how == 0);
        break;
    case 3:
        pipeline_set_volume(pipeline, which % ROUTE_COUNT, how);
        break;
    case 4:
        if (how < 4)
            pipeline_set_route(pipeline, which % ROUTE_COUNT);
        break;
    case 5:
        if (how < 4)
            pipeline_set_mute(pipeline, how == 0);
        break;
    case 6:
        pipeline_send_event(pipeline, which % PIPELINE_STREAMS, how, which);
        break;
    case 7:
        pipeline_key_tone(pipeline, which % 16);
        break;
    case 8:
        pipeline_set_locale(pipeline, countries[which % 6]);
        pipeline_set_bell(pipeline, how % 4);
        break;
    case 9:
        /* A port that is late to follow, or comes too soon. */
        if (script->kind == SCRIPT_MIXED && how < 6)
            pipeline_set_rate(pipeline, how < 2 ? 8 : 16);
        break;
    default:
        break;
    }
}

void script_before(struct script *script, int16_t mic[PIPELINE_FRAME_MOST]) {
    /* Noise that swells and ebbs, with a pitch of 100 Hz in it. */
    int32_t level = script->kind == SCRIPT_BOARD || script->kind == SCRIPT_WIDE ? 64 * BOARD_FAINTER : 64;
    uint32_t loud = script->tick % 128 < 64 ? script->tick % 64 : 64 - script->tick % 64;

    const uint32_t count = 10u * script->pipeline.rate;

    for (uint32_t i = 0; i < count; i++) {
        int32_t noise = (int32_t)below(script, 16384) - 8192;

        mic[i] =
            (int16_t)((noise + (int32_t)(count - i) * (200 * PIPELINE_FRAME / (int32_t)count)) * (int32_t)loud / level);
    }
    if (script->kind >= SCRIPT_EVENTFUL)
        happen(script);
}

static void deliver(struct script *script, uint32_t stream, const struct packet *sent, uint32_t late) {
    struct packet *received = packet_ring_reserve(&script->pipeline.streams[stream].received);

    if (!received)
        return;
    memcpy(received, sent, sizeof *sent);
    received->arrival = script->tick * PIPELINE_FRAME + late;
    received->address = 0x7F000001;
    received->port = (uint16_t)(20000 + stream);
    if (script->kind >= SCRIPT_EVENTFUL && below(script, 60) == 0) {
        uint32_t where = below(script, 16);

        received->octets[where] = (uint8_t)below(script, 256);
    }
    packet_ring_publish(&script->pipeline.streams[stream].received);
}

/* The network between: loses bursts, repeats, and delays now and then. */
static void loop_back(struct script *script, uint32_t stream) {
    struct packet_ring *ring = &script->pipeline.streams[stream].sent;
    const struct packet *packet;

    if (script->kind > SCRIPT_WIDE && below(script, 30) == 0)
        return; /* what waits comes later, all at once */
    while ((packet = packet_ring_peek(ring)) != NULL) {
        script->digest = digest(script->digest, packet->octets, packet->length);
        if (script->kind <= SCRIPT_WIDE || (script->kind == SCRIPT_LOSSY && below(script, 20) != 0)) {
            deliver(script, stream, packet, 0);
        } else if (script->kind >= SCRIPT_EVENTFUL && script->tick % 400 > 8 && below(script, 20) != 0) {
            deliver(script, stream, packet, below(script, 300));
            if (below(script, 40) == 0)
                deliver(script, stream, packet, 0);
        }
        packet_ring_release(ring);
    }
}

/* As much as a peer can do in a tick: the ring full of packets of other codecs in turns, comfort noise as coloured as
 * there is, events, and timestamps that jump to and fro, while nothing that was sent comes back. */
static void harm(struct script *script) {
    static const uint8_t types[8] = {RTP_PCMU, RTP_PCMA, RTP_G722, RTP_PCMA, RTP_NOISE, RTP_PCMU, 101, RTP_G722};
    struct packet packet = {.length = 0};

    for (uint32_t i = 0; i < PACKET_SLOTS; i++) {
        uint8_t type = types[below(script, 8)];
        uint32_t octets = type == RTP_NOISE ? 11 : below(script, 4) == 0 ? 480 : 1 + below(script, 240);

        if (below(script, 12) == 0)
            script->sent_timestamp += below(script, 8) * 400 - 1600;
        rtp_build(packet.octets, type, below(script, 8) == 0, script->sent_sequence++, script->sent_timestamp, 1);
        for (uint32_t k = 0; k < octets; k++)
            packet.octets[RTP_HEADER + k] = (uint8_t)below(script, 256);
        packet.length = (uint16_t)(RTP_HEADER + octets);
        if (below(script, 10) != 0)
            script->sent_timestamp += i < 2 ? 40 : 0;
        deliver(script, 0, &packet, below(script, 200));
    }
}

void script_after(struct script *script, const int16_t speaker[PIPELINE_FRAME_MOST]) {
    for (uint32_t i = 0; i < 10u * script->pipeline.rate; i++)
        script->digest = digest_word(script->digest, (uint16_t)speaker[i]);
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++)
        loop_back(script, i);
    if (script->kind == SCRIPT_HOSTILE)
        harm(script);
    script->tick++;
}

uint32_t script_digest(const struct script *script) {
    uint32_t hash = script->digest;

    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        for (uint32_t k = 0; k < STATISTIC_COUNT; k++)
            hash = digest_word(hash, script->pipeline.streams[i].counters[k]);
    }
    return hash;
}
