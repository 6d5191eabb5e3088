/*
 * The packet ring; see packets.h.
 */
#include "packets.h"

#include <stddef.h>

struct packet *packet_ring_reserve(struct packet_ring *ring) {
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);

    if (head - atomic_load_explicit(&ring->tail, memory_order_acquire) >= PACKET_SLOTS)
        return NULL;
    return &ring->slots[head % PACKET_SLOTS];
}

void packet_ring_publish(struct packet_ring *ring) {
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);

    atomic_store_explicit(&ring->head, head + 1, memory_order_release);
}

struct packet *packet_ring_peek(struct packet_ring *ring) {
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);

    if (tail == atomic_load_explicit(&ring->head, memory_order_acquire))
        return NULL;
    return &ring->slots[tail % PACKET_SLOTS];
}

void packet_ring_release(struct packet_ring *ring) {
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);

    atomic_store_explicit(&ring->tail, tail + 1, memory_order_release);
}

void packet_ring_clear(struct packet_ring *ring) {
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_acquire);

    atomic_store_explicit(&ring->tail, head, memory_order_release);
}
