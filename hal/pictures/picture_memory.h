/*
 * Memory for pictures, outside of JavaScript's: taken while something is shown or read, PSRAM first where there is
 * some.
 */
#ifndef LINNET_PICTURE_MEMORY_H
#define LINNET_PICTURE_MEMORY_H

#include <stddef.h>

/* So many octets, zeroed, or NULL when the body has none to spare. */
void *picture_memory_take(size_t size);

/* Gives back what was taken; NULL is nothing. */
void picture_memory_give(void *memory);

#endif
