/*
 * How reading a picture went; the words for it stand in pictures.ts, in this order.
 */
#ifndef LINNET_PICTURE_RESULT_H
#define LINNET_PICTURE_RESULT_H

enum picture_result {
    PICTURE_GOOD,
    /* It is none that can be read. */
    PICTURE_KIND,
    PICTURE_DAMAGED,
    PICTURE_INTERLACED,
    PICTURE_LARGE,
    PICTURE_NO_ROOM
};

enum {
    /* Pixels across and down, and in all, of a picture that is read at all: a million are a second of the chip's time.
     */
    PICTURE_MOST = 2048,
    PICTURE_PIXELS = 1 << 20
};

#endif
