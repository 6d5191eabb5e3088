/*
 * What a test needs beside the pipeline's own functions: packets in and out by value, and counters.
 */
#include "pipeline.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* By the codec of a payload type; the state is the caller's, of library_state_size octets. */
void library_encode(uint32_t payload_type, union codec_state *state, const int16_t *samples, uint8_t *codes,
                    uint32_t count) {
    codec_of(payload_type)->encode(state, samples, codes, count);
}

void library_decode(uint32_t payload_type, union codec_state *state, const uint8_t *codes, int16_t *samples,
                    uint32_t count) {
    codec_of(payload_type)->decode(state, codes, samples, count);
}

void library_reset(uint32_t payload_type, union codec_state *state) {
    codec_of(payload_type)->reset(state);
}

/* Samples of a code. */
uint32_t library_samples(uint32_t payload_type) {
    return codec_of(payload_type)->samples;
}

uint32_t library_state_size(void) {
    return sizeof(union codec_state);
}

bool library_deliver(struct pipeline *pipeline, uint32_t stream, const uint8_t *octets, uint32_t length,
                     uint32_t arrival, uint32_t address, uint32_t port) {
    struct packet *packet = packet_ring_reserve(&pipeline->streams[stream].received);

    if (!packet)
        return false;
    if (length > 0) /* koffi gives no address for an empty array */
        memcpy(packet->octets, octets, length < PACKET_OCTETS ? length : PACKET_OCTETS);
    packet->length = (uint16_t)length;
    packet->arrival = arrival;
    packet->address = address;
    packet->port = (uint16_t)port;
    packet_ring_publish(&pipeline->streams[stream].received);
    return true;
}

/* Copies the oldest packet sent; returns its length, 0 when there is none. */
uint32_t library_collect(struct pipeline *pipeline, uint32_t stream, uint8_t *octets) {
    struct packet *packet = packet_ring_peek(&pipeline->streams[stream].sent);
    uint32_t length = packet ? packet->length : 0;

    if (packet) {
        memcpy(octets, packet->octets, length);
        packet_ring_release(&pipeline->streams[stream].sent);
    }
    return length;
}

void library_counters(const struct pipeline *pipeline, uint32_t stream, uint32_t *counters) {
    memcpy(counters, pipeline->streams[stream].counters, sizeof pipeline->streams[stream].counters);
}

/* A UDP socket on the loopback address that is told the type of service of what comes: on `port`, or if that is 0 on
 * any, which it gets. */
int library_open_service(uint16_t *port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(*port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval timeout = {.tv_sec = 20};
    socklen_t size = sizeof address;
    int on = 1, descriptor = socket(AF_INET, SOCK_DGRAM, 0);

    if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, sizeof address) < 0 ||
        getsockname(descriptor, (struct sockaddr *)&address, &size) < 0 ||
        setsockopt(descriptor, IPPROTO_IP, IP_RECVTOS, &on, sizeof on) < 0 ||
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) < 0)
        return -1;
    *port = ntohs(address.sin_port);
    return descriptor;
}

/* Type of service of the next datagram as it came from the wire, -1 when none comes. */
int library_receive_service(int descriptor) {
    uint8_t octets[1500];
    struct iovec vector = {octets, sizeof octets};
    union {
        struct cmsghdr aligned;
        uint8_t octets[CMSG_SPACE(1)];
    } control;
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};

    if (recvmsg(descriptor, &message, 0) < 0)
        return -1;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_TOS)
            return *CMSG_DATA(header);
    }
    return -1;
}

void library_close_service(int descriptor) {
    close(descriptor);
}

/* The jitter buffer's delay in samples, the one it wants, and how often it was changed. */
void library_delay(const struct pipeline *pipeline, uint32_t stream, int32_t figures[3]) {
    const struct jitter *jitter = &pipeline->streams[stream].receiver.jitter;

    figures[0] = jitter_delay(jitter);
    figures[1] = jitter->wanted;
    figures[2] = (int32_t)jitter->adaptations;
}

/* Timestamp that is played with the next tick. */
uint32_t library_cursor(const struct pipeline *pipeline, uint32_t stream) {
    return pipeline->streams[stream].receiver.jitter.cursor;
}
