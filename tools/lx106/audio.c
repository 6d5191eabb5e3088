/*
 * The engine's port on the emulated Xtensa: a microphone that hears nothing, a speaker that nobody hears, and the
 * parent for a network. Packets cross one descriptor both ways, each behind a header: socket, nothing, length, address,
 * port; all of them with the least octet first. Before the first of them the parent tells the two ports that it has
 * bound.
 */
#include "audio.h"
#include "engine.h"
#include "port.h"
#include "port/host.h"
#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Beyond this the clock begins anew. */
#define STALL_MOST 20
#define SAMPLES 80
#define SOCKETS 2

struct header {
    uint8_t socket;
    uint8_t nothing;
    uint16_t length;
    uint32_t address;
    uint16_t port;
    uint16_t padding;
};

/* The parent has no ports for reports. */
const struct audio_body audio_body;

static struct {
    bool running;
    /* Hundredths of a second; 0 while nothing is to be played or sent. */
    int64_t due;
    /* What engine_start has drawn. */
    uint32_t drawn;
    /* The parent's; 0 where it has none. */
    uint16_t ports[SOCKETS];
    bool bound[SOCKETS];
    /* What has come of a packet. */
    uint32_t filled;
    struct {
        struct header header;
        uint8_t octets[PACKET_OCTETS];
    } incoming;
} port;

/* There is one thread. */
void audio_port_lock(void) {}

void audio_port_unlock(void) {}

void audio_port_wake(void) {}

/* Every run is like the other. */
bool audio_port_random(uint32_t *words, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        words[i] = ++port.drawn;
    return true;
}

void *audio_port_memory(uint32_t octets) {
    return malloc(octets);
}

/* As on a chip without PSRAM. */
void *audio_port_spare_memory(uint32_t octets) {
    (void)octets;
    return NULL;
}

bool audio_due(int64_t now) {
    if (!port.running || !engine_active()) {
        port.due = 0;
        return false;
    }
    if (port.due == 0 || now - port.due > STALL_MOST)
        port.due = now;
    return now >= port.due;
}

void audio_tick(void) {
    static const int16_t mic[PIPELINE_FRAME];
    static int16_t speaker[PIPELINE_FRAME];

    engine_tick(mic, speaker);
    port.due++;
}

bool audio_port_start(void) {
    /* Without them no stream opens, which the phone tells its call agent. */
    if (read(SYSTEM_PACKETS, port.ports, sizeof port.ports) != sizeof port.ports)
        memset(port.ports, 0, sizeof port.ports);
    port.running = true;
    return true;
}

void audio_port_stop(void) {
    port.running = false;
}

int audio_port_bind(uint16_t *number) {
    for (int socket = 0; socket < SOCKETS; socket++) {
        if (!port.bound[socket] && port.ports[socket] != 0) {
            port.bound[socket] = true;
            *number = port.ports[socket];
            return socket;
        }
    }
    return AUDIO_PORT_NONE;
}

/* The parent joins no group. */
int audio_port_join(uint32_t group, uint16_t number) {
    (void)group, (void)number;
    return AUDIO_PORT_NONE;
}

void audio_port_set_service(int socket, uint8_t type) {
    (void)socket, (void)type;
}

void audio_port_close(int socket) {
    port.bound[socket] = false;
}

void audio_port_send(int socket, const uint8_t *octets, uint32_t length, uint32_t address, uint16_t number) {
    struct {
        struct header header;
        uint8_t octets[PACKET_OCTETS];
    } outgoing = {
        .header = {.socket = (uint8_t)socket, .length = (uint16_t)length, .address = address, .port = number}};

    memcpy(outgoing.octets, octets, length);
    write(SYSTEM_PACKETS, &outgoing, sizeof outgoing.header + length);
}

/* Reads on at a packet; true when it has come so far. */
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

/* Whether the next packet has come whole and is the socket's. One for a socket that is closed is lost; one for another
 * waits for its turn in this tick. */
static bool next_packet(int socket) {
    const struct header *header = &port.incoming.header;

    while (port.running && read_packet(sizeof *header)) {
        if (header->socket >= SOCKETS || header->length > PACKET_OCTETS) {
            port.running = false;
            fprintf(stderr, "linnet: no packet: socket %d, %d octets\n", header->socket, header->length);
            return false;
        }
        if (!read_packet(sizeof *header + header->length))
            return false;
        if (header->socket == socket)
            return true;
        if (port.bound[header->socket])
            return false;
        port.filled = 0;
    }
    return false;
}

bool audio_port_receive(int socket, struct packet *packet) {
    const struct header *header = &port.incoming.header;

    if (!next_packet(socket))
        return false;
    memcpy(packet->octets, port.incoming.octets, header->length);
    packet->length = header->length;
    packet->address = header->address;
    packet->port = header->port;
    packet->arrival = (uint32_t)(port.due * SAMPLES);
    port.filled = 0;
    return true;
}

void audio_port_flush(int socket) {
    while (next_packet(socket))
        port.filled = 0;
}

static bool accept(const char *word, const char *only, char error[AUDIO_HOST_ERROR]) {
    if (strcmp(word, only) == 0)
        return true;
    snprintf(error, AUDIO_HOST_ERROR, "%s: the emulated phone has %s only", word, only);
    return false;
}

/* Nobody hears the difference. */
void audio_host_rate(uint32_t rate) {
    (void)rate;
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
