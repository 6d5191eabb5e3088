/*
 * Natives of pictures.ts.
 */
#include "picture_store.h"
#include "xsmc.h"

/* As PictureKind of hal/hardware.ts. */
enum { KindPng, KindHex };

/* A number that is none of a picture is too large for one. */
static unsigned natural(xsIntegerValue value) {
    return value < 0 ? UINT16_MAX : (unsigned)value;
}

/* (width, height, icon's width, icon's height, ground, swapped) */
void xs_pictures_room(xsMachine *the) {
    const struct picture_room room = {
        (uint16_t)xsmcToInteger(xsArg(0)), (uint16_t)xsmcToInteger(xsArg(1)), (uint16_t)xsmcToInteger(xsArg(2)),
        (uint16_t)xsmcToInteger(xsArg(3)), (uint32_t)xsmcToInteger(xsArg(4)), xsmcToBoolean(xsArg(5)),
    };

    picture_store_set(&room);
}

/* (place, kind, width, height, depth): a number of enum picture_result. */
void xs_pictures_begin(xsMachine *the) {
    unsigned place = natural(xsmcToInteger(xsArg(0))), width = natural(xsmcToInteger(xsArg(2))),
             height = natural(xsmcToInteger(xsArg(3))), depth = natural(xsmcToInteger(xsArg(4)));

    if (xsmcToInteger(xsArg(1)) == KindHex)
        xsmcSetInteger(xsResult, picture_store_begin_hex(place, width, height, depth));
    else
        xsmcSetInteger(xsResult, picture_store_begin_png(place));
}

/* (octets, from, to): likewise. */
void xs_pictures_take(xsMachine *the) {
    void *octets;
    xsUnsignedValue size;
    xsUnsignedValue from = natural(xsmcToInteger(xsArg(1))), to = natural(xsmcToInteger(xsArg(2)));

    xsmcGetBufferReadable(xsArg(0), &octets, &size);
    if (to > size)
        to = size;
    if (from > to)
        from = to;
    xsmcSetInteger(xsResult, picture_store_take((const uint8_t *)octets + from, to - from));
}

/* Likewise. */
void xs_pictures_end(xsMachine *the) {
    xsmcSetInteger(xsResult, picture_store_end());
}

void xs_pictures_cancel(xsMachine *the) {
    (void)the;
    picture_store_cancel();
}

void xs_pictures_release(xsMachine *the) {
    (void)the;
    picture_store_release();
}

/* (place, which): width, height, or both as the file has them; 0 for no picture. */
void xs_pictures_size(xsMachine *the) {
    const struct picture *picture = picture_store_get(natural(xsmcToInteger(xsArg(0))));
    const uint16_t sizes[4] = {
        picture ? picture->width : 0,
        picture ? picture->height : 0,
        picture ? picture->file_width : 0,
        picture ? picture->file_height : 0,
    };

    xsmcSetInteger(xsResult, sizes[xsmcToInteger(xsArg(1)) & 3]);
}
