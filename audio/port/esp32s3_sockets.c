/*
 * RTP and RTCP of the ESP32-S3's audio port through lwIP's UDP sockets. Called under the port's lock. lwIP's own names
 * are the ones that link: ESP-IDF has the BSD ones as inline functions of a header that the SDK's build does not reach.
 */
#include "../rtcp.h"
#include "esp32s3.h"

#include "esp_random.h"
#include "esp_timer.h"

/* RTP ports: even, below the range that lwIP gives out by itself. */
#define FIRST_PORT 20480
#define PORT_PAIRS 6144
#define PORT_ATTEMPTS 64

void audio_channel_reset(struct audio_channel *channel) {
    channel->socket = channel->control = AUDIO_NO_SOCKET;
    channel->receiving = channel->transmitting = false;
}

/* Samples of 1/8000 s since the chip started; wraps at 2^32. */
static uint32_t sample_clock(void) {
    return (uint32_t)(esp_timer_get_time() / 125);
}

static void receive(int descriptor, struct packet_ring *ring) {
    struct packet *packet;

    while ((packet = packet_ring_reserve(ring)) != NULL) {
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        struct iovec vector = {.iov_base = packet->octets, .iov_len = PACKET_OCTETS};
        struct msghdr message = {.msg_name = &from, .msg_namelen = size, .msg_iov = &vector, .msg_iovlen = 1};
        ssize_t length = lwip_recvmsg(descriptor, &message, MSG_DONTWAIT);

        if (length < 0)
            return;
        /* A datagram longer than the slot is cut off: one octet more than fits tells the tick to refuse it. */
        packet->length = (message.msg_flags & MSG_TRUNC) ? PACKET_OCTETS + 1 : (uint16_t)length;
        packet->arrival = sample_clock();
        packet->address = ntohl(from.sin_addr.s_addr);
        packet->port = ntohs(from.sin_port);
        packet_ring_publish(ring);
    }
}

void audio_channel_transmit(struct audio_channel *channel, struct packet_ring *ring) {
    struct packet *packet;

    while ((packet = packet_ring_peek(ring)) != NULL) {
        struct sockaddr_in peer = channel->peer;
        int descriptor = channel->socket;

        if (rtcp_is(packet->octets, packet->length)) {
            peer.sin_port = htons((uint16_t)(ntohs(peer.sin_port) + 1));
            descriptor = channel->control;
        }
        /* A full send queue loses the packet, as a full network would. */
        if (channel->transmitting && descriptor != AUDIO_NO_SOCKET)
            lwip_sendto(descriptor, packet->octets, packet->length, MSG_DONTWAIT, (const struct sockaddr *)&peer,
                        sizeof peer);
        packet_ring_release(ring);
    }
}

void audio_channel_receive(struct audio_channel *channel, struct packet_ring *ring) {
    if (!channel->receiving)
        return;
    receive(channel->socket, ring);
    if (channel->control != AUDIO_NO_SOCKET)
        receive(channel->control, ring);
}

void audio_channel_close_unused(struct audio_channel *channel) {
    if (channel->receiving || channel->transmitting || channel->socket == AUDIO_NO_SOCKET)
        return;
    lwip_close(channel->socket);
    if (channel->control != AUDIO_NO_SOCKET)
        lwip_close(channel->control);
    channel->socket = channel->control = AUDIO_NO_SOCKET;
}

/* A socket bound to a port, or AUDIO_NO_SOCKET. */
static int bind_socket(uint16_t number) {
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(number), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int descriptor = lwip_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

    if (descriptor < 0)
        return AUDIO_NO_SOCKET;
    if (lwip_bind(descriptor, (const struct sockaddr *)&local, sizeof local) == 0)
        return descriptor;
    lwip_close(descriptor);
    return AUDIO_NO_SOCKET;
}

bool audio_channel_open(struct audio_channel *channel, bool reports) {
    int attempt;

    if (channel->socket != AUDIO_NO_SOCKET)
        return true;
    for (attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
        uint16_t number = (uint16_t)(FIRST_PORT + 2 * (esp_random() % PORT_PAIRS));

        channel->port = number;
        channel->socket = bind_socket(number);
        if (channel->socket == AUDIO_NO_SOCKET)
            continue;
        if (!reports)
            return true;
        channel->control = bind_socket((uint16_t)(number + 1));
        if (channel->control != AUDIO_NO_SOCKET)
            return true;
        lwip_close(channel->socket);
        channel->socket = AUDIO_NO_SOCKET;
    }
    return false;
}

bool audio_channel_join(struct audio_channel *channel, uint32_t group, uint32_t number) {
    struct sockaddr_in local = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)number), .sin_addr.s_addr = htonl(INADDR_ANY)};
    struct ip_mreq membership = {.imr_multiaddr.s_addr = htonl(group), .imr_interface.s_addr = htonl(INADDR_ANY)};
    int on = 1, descriptor = lwip_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

    if (descriptor < 0)
        return false;
    if (lwip_setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        lwip_bind(descriptor, (const struct sockaddr *)&local, sizeof local) < 0 ||
        lwip_setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0) {
        lwip_close(descriptor);
        return false;
    }
    channel->socket = descriptor;
    channel->port = (uint16_t)number;
    return true;
}

void audio_channel_aim(struct audio_channel *channel, uint32_t address, uint32_t number, uint32_t tos) {
    int type_of_service = (int)(tos & 0xFF);

    /* Reports travel in the class of the sound that they are about. */
    lwip_setsockopt(channel->socket, IPPROTO_IP, IP_TOS, &type_of_service, sizeof type_of_service);
    if (channel->control != AUDIO_NO_SOCKET)
        lwip_setsockopt(channel->control, IPPROTO_IP, IP_TOS, &type_of_service, sizeof type_of_service);
    channel->peer = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)number), .sin_addr.s_addr = htonl(address)};
}
