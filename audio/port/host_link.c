/*
 * Sockets of a stream; see host_link.h.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host_link.h"
#include "../rtcp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Ports that Cisco phones use for RTP. */
#define PORT_FIRST 20480u
#define PORT_COUNT ((32768u - PORT_FIRST) / 2)

void link_reset(struct link *link) {
    *link = (struct link){.socket = -1, .control = -1};
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Time of arrival in samples of the monotonic clock, from the kernel's stamp where it gives one. */
static uint32_t arrival(struct msghdr *message) {
    int64_t now = nanoseconds(CLOCK_MONOTONIC);

    for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control; control = CMSG_NXTHDR(message, control)) {
        if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec stamp;

            memcpy(&stamp, CMSG_DATA(control), sizeof stamp);
            now -= nanoseconds(CLOCK_REALTIME) - ((int64_t)stamp.tv_sec * 1000000000 + stamp.tv_nsec);
        }
    }
    return (uint32_t)(now / 125000);
}

static void receive(int descriptor, struct packet_ring *ring) {
    struct packet *packet;

    while ((packet = packet_ring_reserve(ring)) != NULL) {
        struct sockaddr_in from;
        struct iovec vector = {packet->octets, PACKET_OCTETS};
        union {
            struct cmsghdr aligned;
            uint8_t octets[CMSG_SPACE(sizeof(struct timespec))];
        } control;
        struct msghdr message = {.msg_name = &from,
                                 .msg_namelen = sizeof from,
                                 .msg_iov = &vector,
                                 .msg_iovlen = 1,
                                 .msg_control = &control,
                                 .msg_controllen = sizeof control};
        ssize_t length = recvmsg(descriptor, &message, MSG_DONTWAIT | MSG_TRUNC);

        if (length < 0)
            return;
        packet->length = (uint16_t)(length > UINT16_MAX ? UINT16_MAX : length);
        packet->address = ntohl(from.sin_addr.s_addr);
        packet->port = ntohs(from.sin_port);
        packet->arrival = arrival(&message);
        packet_ring_publish(ring);
    }
}

void link_receive(const struct link *link, struct packet_ring *ring) {
    receive(link->socket, ring);
    if (link->control >= 0)
        receive(link->control, ring);
}

void link_send(const struct link *link, struct packet_ring *ring) {
    struct packet *packet;

    while ((packet = packet_ring_peek(ring)) != NULL) {
        struct sockaddr_in peer = link->peer;
        int descriptor = link->socket;

        if (rtcp_is(packet->octets, packet->length)) {
            peer.sin_port = htons((uint16_t)(ntohs(peer.sin_port) + 1));
            descriptor = link->control;
        }
        if (descriptor >= 0)
            sendto(descriptor, packet->octets, packet->length, MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *)&peer,
                   sizeof peer);
        packet_ring_release(ring);
    }
}

/* A socket whose packets get the kernel's stamp; -1 when there is none. With a group it is that group's member. */
static int bind_socket(uint32_t address, uint32_t port, uint32_t group) {
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct ip_mreq membership = {.imr_multiaddr.s_addr = htonl(group), .imr_interface.s_addr = htonl(address)};
    int on = 1, descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    local.sin_addr.s_addr = htonl(group != 0 ? group : address);
    if (descriptor < 0)
        return -1;
    if ((group != 0 && setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) ||
        bind(descriptor, (struct sockaddr *)&local, sizeof local) < 0 ||
        (group != 0 && setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0)) {
        int error = errno;

        close(descriptor);
        errno = error;
        return -1;
    }
    setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    return descriptor;
}

bool link_open(struct link *link, uint32_t address, uint32_t *next_port, bool reports) {
    if (link->socket >= 0)
        return true;
    for (uint32_t tried = 0; tried < PORT_COUNT; tried++) {
        uint32_t port = PORT_FIRST + (*next_port)++ % PORT_COUNT * 2;

        link->port = (uint16_t)port;
        link->socket = bind_socket(address, port, 0);
        if (link->socket >= 0 && reports)
            link->control = bind_socket(address, port + 1, 0);
        if (link->socket >= 0 && (link->control >= 0 || !reports))
            return true;

        int error = errno;

        link_close(link);
        if (error != EADDRINUSE)
            return false;
    }
    return false;
}

bool link_join(struct link *link, uint32_t address, uint32_t group, uint32_t port) {
    link->socket = bind_socket(address, port, group);
    link->port = (uint16_t)port;
    return link->socket >= 0;
}

void link_set_peer(struct link *link, uint32_t address, uint32_t port, uint32_t type_of_service) {
    int field = (int)(type_of_service & 0xFF);

    link->peer = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(address)};
    setsockopt(link->socket, IPPROTO_IP, IP_TOS, &field, sizeof field);
}

static void flush(int descriptor) {
    uint8_t octet;

    while (recv(descriptor, &octet, 1, MSG_DONTWAIT | MSG_TRUNC) >= 0) {
    }
}

void link_flush(const struct link *link) {
    flush(link->socket);
    if (link->control >= 0)
        flush(link->control);
}

void link_close(struct link *link) {
    if (link->socket >= 0)
        close(link->socket);
    if (link->control >= 0)
        close(link->control);
    link->socket = link->control = -1;
}
