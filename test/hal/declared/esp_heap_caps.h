/* ESP-IDF: memory by what it can do. */
#ifndef DECLARED_ESP_HEAP_CAPS_H
#define DECLARED_ESP_HEAP_CAPS_H

#include <stddef.h>
#include <stdint.h>

#define MALLOC_CAP_8BIT (1 << 2)
#define MALLOC_CAP_SPIRAM (1 << 10)
#define MALLOC_CAP_INTERNAL (1 << 11)

void *heap_caps_malloc(size_t size, uint32_t capabilities);
/* Capabilities in order of preference. */
void *heap_caps_malloc_prefer(size_t size, size_t count, ...);
size_t heap_caps_get_free_size(uint32_t capabilities);
size_t heap_caps_get_minimum_free_size(uint32_t capabilities);
size_t heap_caps_get_largest_free_block(uint32_t capabilities);

#endif
