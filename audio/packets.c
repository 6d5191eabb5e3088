/*
 * The packet ring; see packets.h.
 */
#include "packets.h"

#include <stddef.h>

uint32_t packet_ring_room(const struct packet_ring *ring) {
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);

    return PACKET_SLOTS - (head - atomic_load_explicit(&ring->tail, memory_order_acquire));
}

struct packet *packet_ring_reserve(struct packet_ring *ring) {
    if (packet_ring_room(ring) == 0)
        return NULL;
    return &ring->slots[atomic_load_explicit(&ring->head, memory_order_relaxed) % PACKET_SLOTS];
}

void packet_ring_publish(struct packet_ring *ring) {
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);

    atomic_store_explicit(&ring->head, head + 1, memory_order_release);
}

void packet_ring_clear(struct packet_ring *ring) {
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_acquire);

    atomic_store_explicit(&ring->tail, head, memory_order_release);
}
