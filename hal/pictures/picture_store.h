/*
 * The pictures that an open service shows: one large at place 0, icons behind it. Each is read as it comes, made
 * smaller where the display has less room, laid over the display's ground where it is transparent, and kept in 16 bits
 * a pixel. Memory is taken when one begins and given back when it goes.
 */
#ifndef LINNET_PICTURE_STORE_H
#define LINNET_PICTURE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "picture_result.h"

/* As `picturePlaces` of hal/hardware.ts. */
enum { PICTURE_PLACES = 12 };

struct picture {
    uint16_t width, height;
    /* As the file has it. */
    uint16_t file_width, file_height;
    /* Row by row, 5 bits of red in the highest, 6 of green, 5 of blue, swapped where the display has them so; NULL for
     * no picture. */
    uint16_t *pixels;
};

/* What the display has room for, and what lies under transparent pixels (0xRRGGBB). */
struct picture_room {
    uint16_t width, height;
    uint16_t icon_width, icon_height;
    uint32_t ground;
    /* Whether its pixels have their octets the other way round than the processor. */
    bool swapped;
};

/* What pictures that begin from now on are made for. */
void picture_store_set(const struct picture_room *room);

/* Begins a PNG file, or hexadecimal digits of 1 or 2 bits a pixel, in the place of what is there. */
enum picture_result picture_store_begin_png(unsigned place);
enum picture_result picture_store_begin_hex(unsigned place, unsigned width, unsigned height, unsigned depth);

/* Takes the next octets; after anything but PICTURE_GOOD nothing of the picture is left. */
enum picture_result picture_store_take(const uint8_t *octets, size_t size);

/* The picture is whole: from now on it is there to be drawn. */
enum picture_result picture_store_end(void);

/* Gives up what was begun. */
void picture_store_cancel(void);

/* A picture that is there, or NULL. */
const struct picture *picture_store_get(unsigned place);

/* Gives back all. */
void picture_store_release(void);

#endif
