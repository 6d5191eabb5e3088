/*
 * Memory for what an emulated Xtensa takes once: it is given out from one end to the other, zeroed, and never comes
 * back.
 */
#include <stddef.h>
#include <stdint.h>

#define OCTETS (256 * 1024)

static _Alignas(16) uint8_t room[OCTETS];
static size_t used;

void *calloc(size_t count, size_t size) {
    size_t octets = (count * size + 15) & ~(size_t)15;
    void *place = room + used;

    if (octets > OCTETS - used)
        return NULL;
    used += octets;
    return place;
}

void free(void *place) {
    (void)place;
}

uint32_t memory_used(void);

uint32_t memory_used(void) {
    return (uint32_t)used;
}
