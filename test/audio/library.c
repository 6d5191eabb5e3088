/*
 * What a test needs beside the pipeline's own functions: packets in and out by value, and counters.
 */
#include "pipeline.h"

#include <string.h>

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
