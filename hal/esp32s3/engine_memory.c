/*
 * Native of chip.ts: the engine's memory, which only its own headers know, and the chip's. Called by the XS task only.
 */
#include "xsAll.h"

#include "esp_heap_caps.h"

/* As Memory of hal/hardware.ts numbers them. */
typedef struct {
    uint32_t slots, slots_peak, slots_limit;
    uint32_t chunks, chunks_peak, chunks_limit;
    uint32_t left, left_least;
} Figures;

/* (target: ArrayBuffer) */
void xs_chip_memory(txMachine *the) {
    uint32_t internal = MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT;
    Figures now = {
        .slots = (uint32_t)the->currentHeapCount,
        .slots_peak = (uint32_t)the->peakHeapCount,
        .slots_limit = (uint32_t)the->maximumHeapCount,
        .chunks = (uint32_t)the->currentChunksSize,
        .chunks_peak = (uint32_t)the->peakChunksSize,
        .chunks_limit = (uint32_t)the->maximumChunksSize,
        .left = (uint32_t)heap_caps_get_free_size(internal),
        .left_least = (uint32_t)heap_caps_get_minimum_free_size(internal),
    };

    fxSetArrayBufferData(the, mxArgv(0), 0, &now, sizeof(now));
}
