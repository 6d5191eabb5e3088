/*
 * A ring of packets between one producer and one consumer, on two tasks or one: how packets cross between the port,
 * which has the sockets, and the tick, which has none. Slots are filled and read in place.
 */
#ifndef LINNET_PACKETS_H
#define LINNET_PACKETS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* RTP header, 60 ms of G.711, and room for contributing sources and a small extension. */
#define PACKET_OCTETS 560
/* A power of two. */
#define PACKET_SLOTS 8

struct packet {
    /* When a received packet arrived, in samples (1/8000 s) of any clock that runs steadily and wraps at 2^32. */
    uint32_t arrival;
    /* Where a received packet came from. */
    uint32_t address;
    uint16_t port;
    /* As received; a longer packet than fits carries its true length and is refused by the tick. */
    uint16_t length;
    uint8_t octets[PACKET_OCTETS];
};

struct packet_ring {
    _Atomic uint32_t head;
    _Atomic uint32_t tail;
    struct packet slots[PACKET_SLOTS];
};

/* Producer: a slot to fill, or null while the ring is full. The same slot until it is published. */
struct packet *packet_ring_reserve(struct packet_ring *ring);
/* Producer: slots that can be filled, the reserved one included. */
uint32_t packet_ring_room(const struct packet_ring *ring);
/* Producer: hands the reserved slot over. */
void packet_ring_publish(struct packet_ring *ring);
/* Consumer: the oldest packet, or null. */
static inline struct packet *packet_ring_peek(struct packet_ring *ring) {
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);

    if (tail == atomic_load_explicit(&ring->head, memory_order_acquire))
        return NULL;
    return &ring->slots[tail % PACKET_SLOTS];
}
/* Consumer: gives the oldest packet's slot back. */
static inline void packet_ring_release(struct packet_ring *ring) {
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);

    atomic_store_explicit(&ring->tail, tail + 1, memory_order_release);
}
/* Consumer: throws away all that has been published. */
void packet_ring_clear(struct packet_ring *ring);

#endif
