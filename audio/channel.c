/*
 * Channels; see channel.h.
 */
#include "channel.h"
#include "port.h"
#include "rtcp.h"

#include <stddef.h>

/* Ports that Cisco phones use for RTP. */
#define PORT_FIRST 20480u
#define PORT_PAIRS 6144u

/* Datagrams of a socket looked at in a tick: more than the chip's network stack keeps (CONFIG_LWIP_UDP_RECVMBOX_SIZE),
 * and as many as 12,800 a second. */
#define DATAGRAMS_MOST 128u

void channel_reset(struct channel *channel) {
    *channel = (struct channel){.socket = AUDIO_PORT_NONE, .control = AUDIO_PORT_NONE};
}

bool channel_open(struct channel *channel, uint32_t *next, bool reports) {
    if (channel->socket >= 0)
        return true;
    for (uint32_t tried = 0; tried < PORT_PAIRS; tried++) {
        uint16_t number = (uint16_t)(PORT_FIRST + (*next)++ % PORT_PAIRS * 2), above;
        int socket = audio_port_bind(&number), control = AUDIO_PORT_NONE;

        if (socket >= 0 && reports) {
            above = (uint16_t)(number + 1);
            control = audio_port_bind(&above);
        }
        if (socket >= 0 && (control >= 0 || !reports)) {
            channel->socket = socket;
            channel->control = control;
            channel->port = number;
            return true;
        }
        if (socket >= 0)
            audio_port_close(socket);
        if ((socket >= 0 ? control : socket) != AUDIO_PORT_BUSY)
            return false;
    }
    return false;
}

bool channel_join(struct channel *channel, uint32_t group, uint16_t port) {
    uint16_t number = port;

    channel->socket = group == 0 ? audio_port_bind(&number) : audio_port_join(group, port);
    channel->port = number;
    return channel->socket >= 0;
}

void channel_close(struct channel *channel) {
    if (channel->socket >= 0)
        audio_port_close(channel->socket);
    if (channel->control >= 0)
        audio_port_close(channel->control);
    channel_reset(channel);
}

void channel_aim(struct channel *channel, uint32_t address, uint16_t port, uint8_t service) {
    channel->peer_address = address;
    channel->peer_port = port;
    audio_port_set_service(channel->socket, service);
    /* Reports travel in the class of the sound that they are about. */
    if (channel->control >= 0)
        audio_port_set_service(channel->control, service);
}

void channel_send(const struct channel *channel, struct packet_ring *ring) {
    const struct packet *packet;

    while ((packet = packet_ring_peek(ring)) != NULL) {
        uint16_t port = channel->peer_port;
        int socket = channel->socket;

        if (rtcp_is(packet->octets, packet->length)) {
            port++;
            socket = channel->control;
        }
        if (socket >= 0)
            audio_port_send(socket, packet->octets, packet->length, channel->peer_address, port);
        packet_ring_release(ring);
    }
}

struct channel_receiving channel_begin_receiving(void) {
    return (struct channel_receiving){.sound = DATAGRAMS_MOST, .reports = DATAGRAMS_MOST};
}

static bool receive(int socket, uint32_t *left, bool (*expects)(void *context, const struct packet *packet),
                    void *context, struct packet_ring *ring) {
    for (; *left > 0; --*left) {
        struct packet *packet = packet_ring_reserve(ring);

        if (!packet)
            return true;
        if (!audio_port_receive(socket, packet))
            break;
        if (expects(context, packet))
            packet_ring_publish(ring);
    }
    *left = 0;
    return false;
}

bool channel_receive(const struct channel *channel, struct channel_receiving *receiving,
                     bool (*expects)(void *context, const struct packet *packet), void *context,
                     struct packet_ring *ring) {
    return receive(channel->socket, &receiving->sound, expects, context, ring) ||
           (channel->control >= 0 && receive(channel->control, &receiving->reports, expects, context, ring));
}

void channel_flush(const struct channel *channel) {
    audio_port_flush(channel->socket);
    if (channel->control >= 0)
        audio_port_flush(channel->control);
}
