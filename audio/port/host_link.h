/*
 * The UDP sockets of one stream on the host: RTP on an even port, reports (RTCP) on the port above.
 */
#ifndef LINNET_AUDIO_HOST_LINK_H
#define LINNET_AUDIO_HOST_LINK_H

#include "../packets.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

struct link {
    int socket;  /* -1 while closed */
    int control; /* RTCP's; -1 without reports */
    uint16_t port;
    struct sockaddr_in peer;
};

/* Makes a link closed that never was open. */
void link_reset(struct link *link);

/* Sees to it that the link has a socket, bound to `address`: on the next even port that is free, counted on in
 * `next_port`, with the port above for `reports`. False when there is none. */
bool link_open(struct link *link, uint32_t address, uint32_t *next_port, bool reports);

/* Joins a closed link to a group on the interface of `address`; others on this machine may listen, too. */
bool link_join(struct link *link, uint32_t address, uint32_t group, uint32_t port);

/* Names whom to send to, and the type of service to do it with. */
void link_set_peer(struct link *link, uint32_t address, uint32_t port, uint32_t type_of_service);

/* Throws away what has come up to now. */
void link_flush(const struct link *link);

/* Moves what has come into the ring; what does not fit stays with the kernel until the next time. */
void link_receive(const struct link *link, struct packet_ring *ring);

/* Sends what is in the ring. A packet that the network refuses is lost, as on the way. */
void link_send(const struct link *link, struct packet_ring *ring);

void link_close(struct link *link);

#endif
