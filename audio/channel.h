/*
 * How one stream reaches the network: RTP on an even port, reports (RTCP) on the port above where they are wanted, both
 * in the same type of service. Sockets are the port's (port.h); calls are made under its lock.
 */
#ifndef LINNET_CHANNEL_H
#define LINNET_CHANNEL_H

#include "packets.h"

#include <stdbool.h>
#include <stdint.h>

struct channel {
    /* Negative while closed. */
    int socket;
    /* RTCP's; negative without reports. */
    int control;
    uint16_t port;
    /* Whom to send to. */
    uint16_t peer_port;
    uint32_t peer_address;
};

/* Makes a channel closed that never was open. */
void channel_reset(struct channel *channel);

/* Sees to it that the channel has a socket: on the next even port that is free, counted on in `next`, with another on
 * the port above for `reports`. False when there is none. */
bool channel_open(struct channel *channel, uint32_t *next, bool reports);
/* Joins a closed channel to a multicast group, or has it hear, for group 0, what is sent to a port of this host. */
bool channel_join(struct channel *channel, uint32_t group, uint16_t port);
void channel_close(struct channel *channel);

/* Names whom an open channel sends to, and the type of service of all that it sends. */
void channel_aim(struct channel *channel, uint32_t address, uint16_t port, uint8_t service);
/* Sends what is in the ring, RTCP to the port above the peer's; of a closed channel it is thrown away. */
void channel_send(const struct channel *channel, struct packet_ring *ring);
/* What has come since the tick before, as the two sockets are emptied: datagrams still to be looked at in each. */
struct channel_receiving {
    uint32_t sound;
    uint32_t reports;
};

/* Begins to empty the sockets. So much is looked at in a tick and no more, whoever sends it. */
struct channel_receiving channel_begin_receiving(void);
/* Moves what has come, and `expects` says yes to, into the ring until that is full; true if there may be more: make
 * room, and go on. */
bool channel_receive(const struct channel *channel, struct channel_receiving *receiving,
                     bool (*expects)(void *context, const struct packet *packet), void *context,
                     struct packet_ring *ring);
/* Throws away what has come. */
void channel_flush(const struct channel *channel);

#endif
