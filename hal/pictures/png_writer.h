/*
 * Writes a PNG file (ISO/IEC 15948) of 8-bit red, green and blue, row by row, into a few kilobytes that are emptied as
 * it goes. Flat pictures become small: each row is told by its difference from the one above, and what repeats by
 * length, in the fixed codes of deflate (RFC 1951, 3.2.6).
 */
#ifndef LINNET_PNG_WRITER_H
#define LINNET_PNG_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct png_writer;

/* A writer before its first row, which may be read from at once; NULL when there is no memory. */
struct png_writer *png_writer_open(unsigned width, unsigned height);

/* Whether a row is wanted: there is room for it, and not all have come. */
bool png_writer_wants(const struct png_writer *writer);

/* The next row, from top to bottom, of pixels as struct picture has them. Only when one is wanted. */
void png_writer_row(struct png_writer *writer, const uint16_t *pixels);

/* Copies octets of the file that follow, at most `size`; 0 when a row is wanted, or all has been read. */
size_t png_writer_read(struct png_writer *writer, uint8_t *target, size_t size);

/* Gives back all memory; NULL is no writer. */
void png_writer_close(struct png_writer *writer);

#endif
