/*
 * Memory for pictures on a PC, which has enough.
 */
#include "picture_memory.h"

#include <stdlib.h>

void *picture_memory_take(size_t size) {
    return calloc(1, size);
}

void picture_memory_give(void *memory) {
    free(memory);
}
