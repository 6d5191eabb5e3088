/*
 * A port without a network or a clock, for tests of the engine: writes down what it is asked for, in order, and whether
 * the lock was held as it has to be. A datagram is there when a test has put it there.
 */
#include "port.h"
#include "engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SOCKETS 8
/* As many as the chip keeps (CONFIG_LWIP_UDP_RECVMBOX_SIZE). */
#define WAITING 64
#define WORD 128

const struct audio_body audio_body = {.sidetone = 16, .reports = true};

static struct {
    bool locked;
    uint32_t drawn;
    /* Ports of the sockets; 0 while closed. */
    uint16_t ports[SOCKETS];
    struct packet waiting[SOCKETS][WAITING];
    uint32_t counts[SOCKETS];
    /* A port that belongs to somebody else, and whether there are no more sockets. */
    uint16_t busy;
    bool none;
    /* Whether there is no memory but what is needed. */
    bool short_of_memory;
    char log[8192];
    size_t written;
} fake;

static void note(bool locked, const char *format, ...) {
    char word[WORD];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(word, sizeof word, format, arguments);
    va_end(arguments);

    int length = snprintf(fake.log + fake.written, sizeof fake.log - fake.written, "%s%s\n",
                          fake.locked == locked ? "" : "at the wrong time: ", word);

    fake.written += length < (int)(sizeof fake.log - fake.written) ? (size_t)length : 0;
}

/* What was asked for since the last call, a line each. */
void fake_log(char *log) {
    memcpy(log, fake.log, fake.written);
    log[fake.written] = 0;
    fake.written = 0;
}

void fake_busy(uint16_t number) {
    fake.busy = number;
}

void fake_none(bool none) {
    fake.none = none;
}

void fake_short_of_memory(bool short_of_memory) {
    fake.short_of_memory = short_of_memory;
}

/* Puts a datagram into the socket on a port; false when there is none, or no room. */
bool fake_deliver(uint16_t number, const uint8_t *octets, uint32_t length, uint32_t address, uint16_t from) {
    for (int socket = 0; socket < SOCKETS; socket++) {
        if (fake.ports[socket] != number || fake.counts[socket] == WAITING)
            continue;

        struct packet *packet = &fake.waiting[socket][fake.counts[socket]++];

        *packet = (struct packet){.address = address, .port = from, .length = (uint16_t)length};
        memcpy(packet->octets, octets, length);
        return true;
    }
    return false;
}

/* A tick, if there is anything to do. */
bool fake_tick(const int16_t *mic, int16_t *speaker) {
    audio_port_lock();
    bool active = engine_active();
    if (active)
        engine_tick(mic, speaker);
    audio_port_unlock();
    return active;
}

bool audio_port_start(void) {
    note(false, "start");
    return true;
}

void audio_port_stop(void) {
    note(false, "stop");
}

void audio_port_lock(void) {
    if (fake.locked)
        note(false, "lock");
    fake.locked = true;
}

void audio_port_unlock(void) {
    if (!fake.locked)
        note(true, "unlock");
    fake.locked = false;
}

void audio_port_wake(void) {
    note(false, "wake");
}

bool audio_port_random(uint32_t *words, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        words[i] = fake.drawn++;
    return true;
}

void *audio_port_memory(uint32_t octets) {
    return malloc(octets);
}

void *audio_port_spare_memory(uint32_t octets) {
    return fake.short_of_memory ? NULL : malloc(octets);
}

static int open_socket(uint16_t number) {
    if (fake.none)
        return AUDIO_PORT_NONE;
    if (number == fake.busy)
        return AUDIO_PORT_BUSY;
    for (int socket = 0; socket < SOCKETS; socket++) {
        if (fake.ports[socket] == 0) {
            fake.ports[socket] = number;
            fake.counts[socket] = 0;
            return socket;
        }
    }
    return AUDIO_PORT_NONE;
}

int audio_port_bind(uint16_t *number) {
    note(true, "bind %u", *number);
    return open_socket(*number);
}

int audio_port_join(uint32_t group, uint16_t number) {
    note(true, "join %x %u", group, number);
    return open_socket(number);
}

void audio_port_set_service(int socket, uint8_t type) {
    note(true, "service %u %x", fake.ports[socket], type);
}

void audio_port_send(int socket, const uint8_t *octets, uint32_t length, uint32_t address, uint16_t number) {
    note(true, "send %u type %u octets %u to %x %u", fake.ports[socket], octets[1], length, address, number);
}

bool audio_port_receive(int socket, struct packet *packet) {
    if (fake.counts[socket] == 0)
        return false;
    *packet = fake.waiting[socket][0];
    memmove(fake.waiting[socket], fake.waiting[socket] + 1, --fake.counts[socket] * sizeof *packet);
    return true;
}

void audio_port_flush(int socket) {
    if (fake.counts[socket] > 0)
        note(true, "flush %u of %u", fake.ports[socket], fake.counts[socket]);
    fake.counts[socket] = 0;
}

void audio_port_close(int socket) {
    note(true, "close %u", fake.ports[socket]);
    fake.ports[socket] = 0;
}
