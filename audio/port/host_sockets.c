/*
 * UDP sockets of the host body.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host.h"
#include "../port.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Where sockets are bound; 0 is any. */
static _Atomic uint32_t own_address;

void audio_host_address(uint32_t address) {
    atomic_store(&own_address, address);
}

static struct sockaddr_in name(uint32_t address, uint16_t port) {
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(address)};
}

/* How many routers a page may pass on its way to a group: those of a company, not the world's. */
#define MULTICAST_HOPS 32

/* A socket whose packets get the kernel's stamp. With a group it is that group's member. */
static int open_socket(uint32_t group, uint16_t number) {
    uint32_t address = atomic_load(&own_address);
    struct sockaddr_in local = name(group != 0 ? group : address, number);
    struct ip_mreq membership = {.imr_multiaddr.s_addr = htonl(group), .imr_interface.s_addr = htonl(address)};
    struct in_addr interface = {.s_addr = htonl(address)};
    int hops = MULTICAST_HOPS, on = 1, descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (descriptor < 0)
        return AUDIO_PORT_NONE;
    if ((group != 0 && setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) ||
        bind(descriptor, (struct sockaddr *)&local, sizeof local) < 0 ||
        (group != 0 && setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0)) {
        bool busy = errno == EADDRINUSE;

        close(descriptor);
        return busy ? AUDIO_PORT_BUSY : AUDIO_PORT_NONE;
    }
    setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops);
    setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_IF, &interface, sizeof interface);
    return descriptor;
}

int audio_port_bind(uint16_t *number) {
    return open_socket(0, *number);
}

int audio_port_join(uint32_t group, uint16_t number) {
    return open_socket(group, number);
}

void audio_port_set_service(int socket, uint8_t type) {
    int field = type;

    setsockopt(socket, IPPROTO_IP, IP_TOS, &field, sizeof field);
}

void audio_port_send(int socket, const uint8_t *octets, uint32_t length, uint32_t address, uint16_t number) {
    struct sockaddr_in peer = name(address, number);

    sendto(socket, octets, length, MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *)&peer, sizeof peer);
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Time of arrival in samples: of a simulated clock, or of the monotonic one, from the kernel's stamp where it gives
 * one. */
static uint32_t arrival(struct msghdr *message) {
    int64_t now = nanoseconds(CLOCK_MONOTONIC);
    uint32_t samples;

    if (audio_host_simulated(&samples))
        return samples;
    for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control; control = CMSG_NXTHDR(message, control)) {
        if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec stamp;

            memcpy(&stamp, CMSG_DATA(control), sizeof stamp);
            now -= nanoseconds(CLOCK_REALTIME) - ((int64_t)stamp.tv_sec * 1000000000 + stamp.tv_nsec);
        }
    }
    return (uint32_t)(now / 125000);
}

bool audio_port_receive(int socket, struct packet *packet) {
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
    ssize_t length = recvmsg(socket, &message, MSG_DONTWAIT | MSG_TRUNC);

    if (length < 0)
        return false;
    packet->length = (uint16_t)(length > UINT16_MAX ? UINT16_MAX : length);
    packet->address = ntohl(from.sin_addr.s_addr);
    packet->port = ntohs(from.sin_port);
    packet->arrival = arrival(&message);
    return true;
}

void audio_port_flush(int socket) {
    uint8_t octet;

    while (recv(socket, &octet, 1, MSG_DONTWAIT | MSG_TRUNC) >= 0) {
    }
}

void audio_port_close(int socket) {
    close(socket);
}
