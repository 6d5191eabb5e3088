/*
 * One picture is read at a time, by one of two readers, into rows that are made smaller by the mean of the pixels that
 * fall on one; see picture_store.h.
 */
#include "picture_store.h"

#include <stdbool.h>
#include <string.h>

#include "picture_memory.h"
#include "png_reader.h"

/* Pixels of hexadecimal digits: more than any display of 2 bits has had. */
enum { HexPixels = 1 << 17 };

/* Sums of the pixels of the file that fall on one of the picture. */
struct sum {
    uint32_t red, green, blue, count;
};

struct hex {
    /* Octets as the digits tell them, those that have come, and the digit of half a one (-1 for none). */
    uint8_t *octets;
    size_t size, filled;
    int half;
    unsigned depth;
};

static struct {
    struct picture_room room;
    struct picture places[PICTURE_PLACES];
    /* What is being read: its place, its picture so far, and a row of sums where it is made smaller. */
    bool begun;
    unsigned place;
    struct picture picture;
    struct sum *sums;
    unsigned row;
    struct png_reader *png;
    struct hex hex;
} store = {.room = {.width = 298, .height = 168, .icon_width = 32, .icon_height = 24, .ground = 0}};

static uint16_t packed(uint32_t red, uint32_t green, uint32_t blue) {
    uint16_t pixel = (uint16_t)((red >> 3) << 11 | (green >> 2) << 5 | blue >> 3);

    return store.room.swapped ? (uint16_t)(pixel << 8 | pixel >> 8) : pixel;
}

static uint8_t over(uint32_t colour, uint32_t ground, uint32_t opacity) {
    return (uint8_t)((colour * opacity + (ground & 255) * (255 - opacity) + 127) / 255);
}

static enum picture_result begin_rows(void *context, unsigned width, unsigned height) {
    const struct picture_room *room = &store.room;
    unsigned most_width = store.place == 0 ? room->width : room->icon_width;
    unsigned most_height = store.place == 0 ? room->height : room->icon_height;
    struct picture *picture = &store.picture;
    unsigned across = width, down = height;

    (void)context;
    if (width > most_width || height > most_height) {
        /* the side that is more too long is as long as may be */
        if (width * most_height > height * most_width) {
            across = most_width;
            down = height * most_width / width;
        } else {
            down = most_height;
            across = width * most_height / height;
        }
        across += across == 0;
        down += down == 0;
        store.sums = picture_memory_take(across * sizeof(struct sum));
        if (!store.sums)
            return PICTURE_NO_ROOM;
    }
    picture->file_width = (uint16_t)width;
    picture->file_height = (uint16_t)height;
    picture->width = (uint16_t)across;
    picture->height = (uint16_t)down;
    picture->pixels = picture_memory_take((size_t)across * down * sizeof(uint16_t));
    return picture->pixels ? PICTURE_GOOD : PICTURE_NO_ROOM;
}

static void write_sums(unsigned row) {
    uint16_t *target = store.picture.pixels + (size_t)row * store.picture.width;

    for (unsigned x = 0; x < store.picture.width; x++) {
        const struct sum *sum = &store.sums[x];
        uint32_t half = sum->count / 2;

        target[x] =
            packed((sum->red + half) / sum->count, (sum->green + half) / sum->count, (sum->blue + half) / sum->count);
    }
}

static void take_row(void *context, const uint8_t *pixels) {
    const struct picture *picture = &store.picture;
    unsigned row = store.row++ * picture->height / picture->file_height;
    uint32_t ground = store.room.ground;

    (void)context;
    for (unsigned x = 0; x < picture->file_width; x++, pixels += 4) {
        uint8_t red = over(pixels[0], ground >> 16, pixels[3]);
        uint8_t green = over(pixels[1], ground >> 8, pixels[3]);
        uint8_t blue = over(pixels[2], ground, pixels[3]);

        if (!store.sums) {
            picture->pixels[(size_t)row * picture->width + x] = packed(red, green, blue);
            continue;
        }
        struct sum *sum = &store.sums[x * picture->width / picture->file_width];
        sum->red += red;
        sum->green += green;
        sum->blue += blue;
        sum->count++;
    }
    /* the next row of the file falls on another one, or there is none */
    if (store.sums &&
        (store.row == picture->file_height || store.row * picture->height / picture->file_height != row)) {
        write_sums(row);
        memset(store.sums, 0, picture->width * sizeof(struct sum));
    }
}

static void drop(struct picture *picture) {
    picture_memory_give(picture->pixels);
    memset(picture, 0, sizeof(*picture));
}

/* Gives back what only reading needs. */
static void close_readers(void) {
    png_reader_close(store.png);
    store.png = NULL;
    picture_memory_give(store.hex.octets);
    store.hex.octets = NULL;
    picture_memory_give(store.sums);
    store.sums = NULL;
    store.begun = false;
}

static enum picture_result judged(enum picture_result result) {
    if (result != PICTURE_GOOD)
        picture_store_cancel();
    return result;
}

static void begin(unsigned place) {
    picture_store_cancel();
    drop(&store.places[place]);
    store.place = place;
    store.row = 0;
    store.begun = true;
}

void picture_store_set(const struct picture_room *room) {
    store.room = *room;
}

enum picture_result picture_store_begin_png(unsigned place) {
    const struct png_target target = {NULL, begin_rows, take_row};

    if (place >= PICTURE_PLACES)
        return PICTURE_NO_ROOM;
    begin(place);
    store.png = png_reader_open(&target);
    return judged(store.png ? PICTURE_GOOD : PICTURE_NO_ROOM);
}

enum picture_result picture_store_begin_hex(unsigned place, unsigned width, unsigned height, unsigned depth) {
    struct hex *hex = &store.hex;

    if (place >= PICTURE_PLACES)
        return PICTURE_NO_ROOM;
    begin(place);
    if (width == 0 || height == 0 || depth == 0 || depth > 2)
        return judged(PICTURE_DAMAGED);
    if (width > PICTURE_MOST || height > PICTURE_MOST || width * height > HexPixels)
        return judged(PICTURE_LARGE);
    hex->depth = depth;
    hex->size = (size_t)((width * depth + 7) / 8) * height;
    hex->filled = 0;
    hex->half = -1;
    hex->octets = picture_memory_take(hex->size);
    return judged(hex->octets ? begin_rows(NULL, width, height) : PICTURE_NO_ROOM);
}

static int digit(uint8_t octet) {
    if (octet >= '0' && octet <= '9')
        return octet - '0';
    octet |= 0x20;
    return octet >= 'a' && octet <= 'f' ? octet - 'a' + 10 : -1;
}

static enum picture_result take_digits(struct hex *hex, const uint8_t *octets, size_t size) {
    for (size_t i = 0; i < size; i++) {
        int value = digit(octets[i]);

        if (octets[i] == ' ' || octets[i] == '\t' || octets[i] == '\r' || octets[i] == '\n')
            continue;
        if (value < 0)
            return PICTURE_DAMAGED;
        if (hex->half < 0) {
            hex->half = value;
            continue;
        }
        if (hex->filled < hex->size)
            hex->octets[hex->filled++] = (uint8_t)(hex->half << 4 | value);
        hex->half = -1;
    }
    return PICTURE_GOOD;
}

enum picture_result picture_store_take(const uint8_t *octets, size_t size) {
    if (!store.begun)
        return PICTURE_DAMAGED;
    return judged(store.png ? png_reader_take(store.png, octets, size) : take_digits(&store.hex, octets, size));
}

/* Rows of digits: of whole octets each, or, where there are no more than that makes, one behind the other without a
 * gap. */
static enum picture_result draw_digits(const struct hex *hex) {
    unsigned width = store.picture.file_width, height = store.picture.file_height;
    size_t gapless = ((size_t)width * height * hex->depth + 7) / 8;
    size_t stride = (width * hex->depth + 7) / 8 * 8;

    if (hex->filled < gapless)
        return PICTURE_DAMAGED;
    if (hex->filled < hex->size)
        stride = width * hex->depth;
    uint8_t *row = picture_memory_take((size_t)width * 4);
    if (!row)
        return PICTURE_NO_ROOM;
    memset(row, 255, (size_t)width * 4);
    for (unsigned y = 0; y < height; y++) {
        for (unsigned x = 0; x < width; x++) {
            size_t bit = y * stride + x * hex->depth;
            unsigned most = (1u << hex->depth) - 1;
            unsigned dark = (hex->octets[bit >> 3] >> (bit & 7)) & most;

            memset(row + (size_t)x * 4, (int)(255 - dark * 255 / most), 3);
        }
        take_row(NULL, row);
    }
    picture_memory_give(row);
    return PICTURE_GOOD;
}

enum picture_result picture_store_end(void) {
    if (!store.begun)
        return PICTURE_DAMAGED;
    enum picture_result result = judged(store.png ? png_reader_end(store.png) : draw_digits(&store.hex));
    if (result != PICTURE_GOOD)
        return result;
    close_readers();
    store.places[store.place] = store.picture;
    memset(&store.picture, 0, sizeof(store.picture));
    return PICTURE_GOOD;
}

void picture_store_cancel(void) {
    close_readers();
    drop(&store.picture);
}

const struct picture *picture_store_get(unsigned place) {
    return place < PICTURE_PLACES && store.places[place].pixels ? &store.places[place] : NULL;
}

void picture_store_release(void) {
    picture_store_cancel();
    for (unsigned place = 0; place < PICTURE_PLACES; place++)
        drop(&store.places[place]);
}
