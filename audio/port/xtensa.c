/*
 * Port of the emulated Xtensa: a microphone that hears nothing, a speaker that nobody hears, and the parent for a
 * network. Packets cross one descriptor both ways, each behind a header: stream, nothing, length, address, port; all
 * of them with the least octet first. Before the first of them the parent tells the two ports that it has bound.
 */
#include "xtensa.h"

#include "../pipeline.h"
#include "../port.h"
#include "../rtcp.h"
#include "host.h"
#include "system.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Beyond this the clock begins anew. */
#define STALL_MOST 20
#define SAMPLES 80

struct header {
    uint8_t stream;
    uint8_t nothing;
    uint16_t length;
    uint32_t address;
    uint16_t port;
    uint16_t padding;
};

static struct {
    bool running;
    /* Hundredths of a second; 0 while nothing is to be played or sent. */
    int64_t due;
    uint32_t ticks;
    uint16_t ports[PIPELINE_STREAMS];
    struct {
        uint32_t address;
        uint16_t port;
    } peers[PIPELINE_STREAMS];
    /* What has come of a packet. */
    uint32_t filled;
    struct {
        struct header header;
        uint8_t octets[PACKET_OCTETS];
    } incoming;
    struct pipeline pipeline;
    uint8_t ring_file[TONE_FILE_MOST];
} port;

bool audio_xtensa_due(int64_t now) {
    if (!port.running || !pipeline_active(&port.pipeline)) {
        port.due = 0;
        return false;
    }
    if (port.due == 0 || now - port.due > STALL_MOST)
        port.due = now;
    return now >= port.due;
}

/* Reads on at a packet; true when there is nothing more of it, or when it has come whole. */
static bool read_packet(uint32_t size) {
    while (port.filled < size) {
        ssize_t count = system_readable(SYSTEM_PACKETS)
                            ? read(SYSTEM_PACKETS, (uint8_t *)&port.incoming + port.filled, size - port.filled)
                            : 0;

        if (count <= 0)
            return false;
        port.filled += (uint32_t)count;
    }
    return true;
}

/* A packet for a stream that is closed, or whose ring is full, is lost. */
static void receive(void) {
    const struct header *header = &port.incoming.header;

    while (read_packet(sizeof *header)) {
        if (header->stream >= PIPELINE_STREAMS || header->length > PACKET_OCTETS) {
            port.running = false;
            fprintf(stderr, "linnet: no packet: stream %d, %d octets\n", header->stream, header->length);
            return;
        }
        if (!read_packet(sizeof *header + header->length))
            return;

        struct stream *stream = &port.pipeline.streams[header->stream];
        struct packet *packet = stream->receiver.open ? packet_ring_reserve(&stream->received) : NULL;

        if (packet) {
            memcpy(packet->octets, port.incoming.octets, header->length);
            packet->length = header->length;
            packet->address = header->address;
            packet->port = header->port;
            packet->arrival = (uint32_t)(port.due * SAMPLES);
            packet_ring_publish(&stream->received);
        }
        port.filled = 0;
    }
}

static void send_packets(uint32_t stream) {
    struct packet_ring *ring = &port.pipeline.streams[stream].sent;
    struct packet *packet;

    while ((packet = packet_ring_peek(ring)) != NULL) {
        struct {
            struct header header;
            uint8_t octets[PACKET_OCTETS];
        } outgoing = {.header = {.stream = (uint8_t)stream,
                                 .length = packet->length,
                                 .address = port.peers[stream].address,
                                 .port = port.peers[stream].port}};

        memcpy(outgoing.octets, packet->octets, packet->length);
        write(SYSTEM_PACKETS, &outgoing, sizeof outgoing.header + packet->length);
        packet_ring_release(ring);
    }
}

void audio_xtensa_tick(void) {
    static const int16_t mic[PIPELINE_FRAME];
    static int16_t speaker[PIPELINE_FRAME];

    receive();
    pipeline_tick(&port.pipeline, mic, speaker);
    for (uint32_t stream = 0; stream < PIPELINE_STREAMS; stream++)
        send_packets(stream);
    port.due++;
    port.ticks++;
}

bool audio_port_start(void) {
    if (port.running)
        return true;
    pipeline_reset(&port.pipeline);
    /* Without them no stream opens, which the phone tells its call agent. */
    if (read(SYSTEM_PACKETS, port.ports, sizeof port.ports) != sizeof port.ports)
        memset(port.ports, 0, sizeof port.ports);
    port.running = true;
    return true;
}

void audio_port_stop(void) {
    port.running = false;
}

uint16_t audio_port_open_receive(uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    if (stream >= PIPELINE_STREAMS || port.ports[stream] == 0 ||
        !pipeline_open_receive(&port.pipeline, stream, payload_type, packet_time))
        return 0;
    return port.ports[stream];
}

/* The parent joins no group. */
bool audio_port_open_multicast(uint32_t stream, uint32_t address, uint32_t group_port, uint32_t payload_type,
                               uint32_t packet_time) {
    (void)stream, (void)address, (void)group_port, (void)payload_type, (void)packet_time;
    return false;
}

void audio_port_close_receive(uint32_t stream) {
    pipeline_close_receive(&port.pipeline, stream);
}

void audio_port_receive_events(uint32_t stream, uint32_t payload_type) {
    pipeline_receive_events(&port.pipeline, stream, payload_type);
}

/* Every run is like the other: sequence numbers and time stamps begin at the same. */
bool audio_port_start_transmit(uint32_t stream, uint32_t address, uint32_t peer_port, uint32_t payload_type,
                               uint32_t packet_time, uint32_t tos) {
    uint32_t seed[3] = {stream + 1, 1, 1};

    (void)tos;
    if (stream >= PIPELINE_STREAMS || address == 0 || peer_port == 0 || peer_port > UINT16_MAX ||
        port.ports[stream] == 0 || !pipeline_start_transmit(&port.pipeline, stream, payload_type, packet_time, seed))
        return false;
    port.peers[stream].address = address;
    port.peers[stream].port = (uint16_t)peer_port;
    pipeline_set_peer(&port.pipeline, stream, address, peer_port);
    return true;
}

void audio_port_stop_transmit(uint32_t stream) {
    pipeline_stop_transmit(&port.pipeline, stream);
    pipeline_set_peer(&port.pipeline, stream, 0, 0);
}

void audio_port_set_transmit(uint32_t stream, bool suppress, uint32_t event_type) {
    pipeline_set_transmit(&port.pipeline, stream, suppress, event_type);
}

bool audio_port_send_event(uint32_t stream, uint32_t event, uint32_t milliseconds) {
    return pipeline_send_event(&port.pipeline, stream, event, milliseconds);
}

/* The parent has no ports for reports. */
void audio_port_set_reports(bool reports) {
    (void)reports;
}

void audio_port_start_tone(uint32_t id, uint32_t direction) {
    pipeline_start_tone(&port.pipeline, id, direction);
}

void audio_port_stop_tone(void) {
    pipeline_stop_tone(&port.pipeline);
}

void audio_port_ring(uint32_t mode, bool once) {
    pipeline_ring(&port.pipeline, mode, once);
}

void audio_port_set_locale(uint32_t locale) {
    pipeline_set_locale(&port.pipeline, locale);
}

void audio_port_key_tone(uint32_t event) {
    pipeline_key_tone(&port.pipeline, event);
}

void audio_port_set_bell(uint32_t bell) {
    pipeline_set_bell(&port.pipeline, bell);
}

bool audio_port_set_ring_file(const uint8_t *codes, uint32_t count) {
    if (!tone_file_fits(count))
        return false;
    memcpy(port.ring_file, codes, count);
    return pipeline_set_ring_file(&port.pipeline, port.ring_file, count);
}

void audio_port_set_route(uint32_t route) {
    pipeline_set_route(&port.pipeline, route);
}

void audio_port_set_mute(bool muted) {
    pipeline_set_mute(&port.pipeline, muted);
}

void audio_port_set_volume(uint32_t route, uint32_t step) {
    pipeline_set_volume(&port.pipeline, route, step);
}

void audio_port_statistics(uint32_t stream, uint32_t *counters, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        counters[i] = stream < PIPELINE_STREAMS && i < STATISTIC_COUNT ? port.pipeline.streams[stream].counters[i] : 0;
}

static bool accept(const char *word, const char *only, char error[AUDIO_HOST_ERROR]) {
    if (strcmp(word, only) == 0)
        return true;
    snprintf(error, AUDIO_HOST_ERROR, "%s: the emulated phone has %s only", word, only);
    return false;
}

bool audio_host_microphone(const char *word, char error[AUDIO_HOST_ERROR]) {
    return accept(word, "silence", error);
}

bool audio_host_speaker(const char *word, char error[AUDIO_HOST_ERROR]) {
    return accept(word, "null", error);
}

/* Sockets are the parent's. */
void audio_host_address(uint32_t address) {
    (void)address;
}

bool audio_host_echo(uint32_t delay) {
    (void)delay;
    return false;
}

uint32_t audio_host_ticks(void) {
    return port.ticks;
}

uint32_t audio_host_open(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return 0;
    return port.pipeline.streams[stream].receiver.open | port.pipeline.streams[stream].transmitter.open << 1;
}
