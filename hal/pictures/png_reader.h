/*
 * Reads a PNG file (ISO/IEC 15948) as it comes, in pieces of any size: all colour types and depths, not interlaced. Its
 * compressed part is inflated by miniz's tinfl, which the chip has in its ROM and the engine's package on a PC. It
 * knows no place for pixels: rows go to whoever reads, from top to bottom.
 */
#ifndef LINNET_PNG_READER_H
#define LINNET_PNG_READER_H

#include <stddef.h>
#include <stdint.h>

#include "picture_result.h"

struct png_target {
    void *context;
    /* How large the picture is, once, before all rows; anything but PICTURE_GOOD ends the reading with it. */
    enum picture_result (*size)(void *context, unsigned width, unsigned height);
    /* A row: red, green, blue and opacity of each pixel. */
    void (*row)(void *context, const uint8_t *pixels);
};

struct png_reader;

/* A reader before its first octet; NULL when there is no memory. */
struct png_reader *png_reader_open(const struct png_target *target);

/* Takes the next octets. After anything but PICTURE_GOOD the same comes again. */
enum picture_result png_reader_take(struct png_reader *reader, const uint8_t *octets, size_t size);

/* The file is over: PICTURE_GOOD when it was whole. */
enum picture_result png_reader_end(const struct png_reader *reader);

/* Gives back all memory; NULL is no reader. */
void png_reader_close(struct png_reader *reader);

#endif
