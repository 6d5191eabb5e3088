/*
 * UDP sockets of the ESP32-S3's audio port, of lwIP. lwIP's own names are the ones that link: ESP-IDF has the BSD ones
 * as inline functions of a header that the SDK's build does not reach.
 */
#include "../port.h"

#include <errno.h>

#include "esp_timer.h"
#include "lwip/sockets.h"

/* Samples of 1/8000 s since the chip started; wraps at 2^32. */
static uint32_t sample_clock(void) {
    return (uint32_t)(esp_timer_get_time() / 125);
}

static struct sockaddr_in name(uint32_t address, uint16_t number) {
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(number), .sin_addr.s_addr = htonl(address)};
}

/* How many routers a page may pass on its way to a group: those of a company, not the world's. */
#define MULTICAST_HOPS 32

/* A socket bound to a port, with a group as that group's member. */
static int open_socket(uint32_t group, uint16_t number) {
    struct sockaddr_in local = name(INADDR_ANY, number);
    struct ip_mreq membership = {.imr_multiaddr.s_addr = htonl(group), .imr_interface.s_addr = htonl(INADDR_ANY)};
    uint8_t hops = MULTICAST_HOPS;
    int on = 1, descriptor = lwip_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

    if (descriptor < 0)
        return AUDIO_PORT_NONE;
    if ((group != 0 && lwip_setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) ||
        lwip_bind(descriptor, (const struct sockaddr *)&local, sizeof local) < 0 ||
        (group != 0 &&
         lwip_setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0)) {
        bool busy = errno == EADDRINUSE;

        lwip_close(descriptor);
        return busy ? AUDIO_PORT_BUSY : AUDIO_PORT_NONE;
    }
    lwip_setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops);
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

    lwip_setsockopt(socket, IPPROTO_IP, IP_TOS, &field, sizeof field);
}

void audio_port_send(int socket, const uint8_t *octets, uint32_t length, uint32_t address, uint16_t number) {
    struct sockaddr_in peer = name(address, number);

    /* A full send queue loses the packet, as a full network would. */
    lwip_sendto(socket, octets, length, MSG_DONTWAIT, (const struct sockaddr *)&peer, sizeof peer);
}

bool audio_port_receive(int socket, struct packet *packet) {
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    struct iovec vector = {.iov_base = packet->octets, .iov_len = PACKET_OCTETS};
    struct msghdr message = {.msg_name = &from, .msg_namelen = size, .msg_iov = &vector, .msg_iovlen = 1};
    ssize_t length = lwip_recvmsg(socket, &message, MSG_DONTWAIT);

    if (length < 0)
        return false;
    /* A datagram longer than the slot is cut off: one octet more than fits tells the tick to refuse it. */
    packet->length = (message.msg_flags & MSG_TRUNC) ? PACKET_OCTETS + 1 : (uint16_t)length;
    packet->arrival = sample_clock();
    packet->address = ntohl(from.sin_addr.s_addr);
    packet->port = ntohs(from.sin_port);
    return true;
}

void audio_port_flush(int socket) {
    uint8_t octet;

    while (lwip_recv(socket, &octet, 1, MSG_DONTWAIT) >= 0) {
    }
}

void audio_port_close(int socket) {
    lwip_close(socket);
}
