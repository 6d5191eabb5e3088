/*
 * Memory for pictures on the chip: PSRAM where the board has some, else internal memory, of which calls and connections
 * keep what they may need.
 */
#include "picture_memory.h"

#include "esp_heap_caps.h"

/* Octets of internal memory that are left: what a phone is to have to spare at any time (hardware/README.md). */
enum { Kept = 30 * 1024 };

void *picture_memory_take(size_t size) {
    void *memory = heap_caps_calloc(1, size, MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT);

    if (!memory && heap_caps_get_free_size(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT) >= size + Kept)
        memory = heap_caps_calloc(1, size, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
    return memory;
}

void picture_memory_give(void *memory) {
    heap_caps_free(memory);
}
