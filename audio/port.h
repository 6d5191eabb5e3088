/*
 * What the engine (engine.h) needs of a body, and all that a port is: a lock, a clock that ticks, chance, memory and
 * UDP sockets. A port knows nothing of streams, RTP or tones, and leaves the order of things to the engine.
 */
#ifndef LINNET_AUDIO_PORT_H
#define LINNET_AUDIO_PORT_H

#include "packets.h"

#include <stdbool.h>
#include <stdint.h>

struct audio_body {
    /* Sidetone as a step of pipeline_set_sidetone; 0 where the user hears himself otherwise, or is none. */
    uint8_t sidetone;
    /* Frames from the speaker to its echo in the microphone, for a canceller, or else a microphone that takes turns
     * with the speaker, from the start; 0: none unless asked for. */
    uint8_t echo;
    /* Whether its network has a port above each RTP port, for RTCP. */
    bool reports;
};

extern const struct audio_body audio_body;

/* Starts the clock: from now on engine_tick is called every 10 ms while engine_active. False when it cannot. */
bool audio_port_start(void);
/* Ends it, or leaves it asleep. The engine closes what is open afterwards. */
void audio_port_stop(void);

/* No tick and no call of the engine's runs while another does. */
void audio_port_lock(void);
void audio_port_unlock(void);
/* The clock, which may sleep while nothing is to be played or sent, has something to do. Not locked. */
void audio_port_wake(void);

/* Fills words with random bits; false when there are none. */
bool audio_port_random(uint32_t *words, uint32_t count);
/* Memory that need not be fast and is never given back; null when it is out. */
void *audio_port_memory(uint32_t octets);
/* The same for what can be done without; null where it would be taken from what others need. */
void *audio_port_spare_memory(uint32_t octets);

#ifdef LINNET_METER
/* Around the tick itself, in which nothing waits, in an image that measures it. */
void audio_port_tick_begins(void);
void audio_port_tick_ends(void);
#endif

/* UDP sockets by number. None of these waits. Addresses: first octet most significant. */

/* No socket, and none because the port belongs to somebody else. */
#define AUDIO_PORT_NONE (-1)
#define AUDIO_PORT_BUSY (-2)

/* A socket on a UDP port, or on the one that is written there where the body has no choice. */
int audio_port_bind(uint16_t *number);
/* A socket that hears what is sent to a multicast group, where others may listen, too. */
int audio_port_join(uint32_t group, uint16_t number);
/* The type of service to send with. */
void audio_port_set_service(int socket, uint8_t type);
/* Sends; what the network refuses is lost, as on the way. */
void audio_port_send(int socket, const uint8_t *octets, uint32_t length, uint32_t address, uint16_t number);
/* Takes the next datagram that has come as struct packet says; false when there is none. */
bool audio_port_receive(int socket, struct packet *packet);
/* Throws away what has come. */
void audio_port_flush(int socket);
void audio_port_close(int socket);

#endif
