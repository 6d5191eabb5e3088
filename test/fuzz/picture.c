/*
 * Fuzzes the reading of pictures in pieces of any size: files as they are, PNG files whose chunks are right around any
 * content, and hexadecimal digits; and the writing of PNG files, which are read again. All memory is given back.
 */
#include "picture_memory.h"
#include "picture_store.h"
#include "png_crc.h"
#include "png_writer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t pieces;

void *picture_memory_take(size_t size) {
    void *piece = calloc(1, size);

    if (!piece)
        abort();
    pieces++;
    return piece;
}

void picture_memory_give(void *piece) {
    pieces -= piece != NULL;
    free(piece);
}

/* The file that is made. */
static uint8_t file[1 << 16];
static size_t filled;

static void put(const void *octets, size_t size) {
    if (size > sizeof(file) - filled)
        abort();
    memcpy(file + filled, octets, size);
    filled += size;
}

static void put_word(uint32_t word) {
    const uint8_t octets[4] = {(uint8_t)(word >> 24), (uint8_t)(word >> 16), (uint8_t)(word >> 8), (uint8_t)word};

    put(octets, sizeof(octets));
}

static void put_chunk(const char *name, const void *content, size_t size) {
    size_t from;

    put_word((uint32_t)size);
    from = filled;
    put(name, 4);
    put(content, size);
    put_word(~png_crc(PNG_CRC_START, file + from, filled - from));
}

static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

/* A file of right chunks: size, colours and lengths of the others in front, then what they hold. */
static void build(const uint8_t *data, size_t size) {
    static const uint8_t kinds[][2] = {{1, 0}, {2, 0}, {4, 0}, {8, 0}, {16, 0}, {8, 2}, {16, 2}, {1, 3},
                                       {2, 3}, {4, 3}, {8, 3}, {8, 4}, {16, 4}, {8, 6}, {16, 6}, {3, 1}};
    uint8_t header[13] = {0, 0, 0, data[0], 0, 0, 0, data[1], kinds[data[2] & 15][0], kinds[data[2] & 15][1]};
    size_t palette = (size_t)data[3] * 3, clear = data[4];

    data += 5;
    size -= 5;
    filled = 0;
    put(signature, sizeof(signature));
    put_chunk("IHDR", header, sizeof(header));
    if (palette > 0 && palette <= size) {
        put_chunk("PLTE", data, palette);
        data += palette;
        size -= palette;
    }
    if (clear > 0 && clear <= size) {
        put_chunk("tRNS", data, clear);
        data += clear;
        size -= clear;
    }
    put_chunk("IDAT", data, size / 2);
    put_chunk("IDAT", data + size / 2, size - size / 2);
    put_chunk("IEND", data, 0);
}

static enum picture_result take_all(const uint8_t *octets, size_t size, size_t step) {
    for (size_t at = 0; at < size; at += step) {
        size_t count = size - at < step ? size - at : step;
        uint8_t *copy = malloc(count);
        enum picture_result result;

        if (!copy)
            abort();
        memcpy(copy, octets + at, count);
        result = picture_store_take(copy, count);
        free(copy);
        if (result != PICTURE_GOOD)
            return result;
    }
    return picture_store_end();
}

/* What is kept has a size within the display's, and pixels for all of it. */
static void demand(enum picture_result result, unsigned place) {
    const struct picture *picture = picture_store_get(place);
    uint32_t sum = 0;

    if ((result == PICTURE_GOOD) != (picture != NULL))
        abort();
    if (!picture)
        return;
    if (picture->width == 0 || picture->width > 40 || picture->height == 0 || picture->height > 30)
        abort();
    for (size_t i = 0; i < (size_t)picture->width * picture->height; i++)
        sum += picture->pixels[i];
    if (sum > picture->width * picture->height * 65535u)
        abort();
}

/* Writes a file of these pixels and reads it. */
static void write(const uint8_t *data, size_t size) {
    unsigned width = data[0] % 40 + 1u, height = data[1] % 30 + 1u;
    struct png_writer *writer = png_writer_open(width, height);
    uint16_t pixels[40 * 30] = {0};
    size_t step = data[2] + 1u;

    memcpy(pixels, data + 3, size - 3 < sizeof(pixels) ? size - 3 : sizeof(pixels));
    filled = 0;
    for (unsigned row = 0;;) {
        size_t count = png_writer_read(writer, file + filled, step);

        filled += count;
        if (count > 0)
            continue;
        if (!png_writer_wants(writer))
            break;
        png_writer_row(writer, pixels + (size_t)row++ * width);
    }
    png_writer_close(writer);
    picture_store_begin_png(0);
    if (take_all(file, filled, step) != PICTURE_GOOD ||
        memcmp(picture_store_get(0)->pixels, pixels, (size_t)width * height * sizeof(uint16_t)) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct picture_room room = {40, 30, 16, 10, 0x123456, false};

    if (size < 8)
        return 0;
    size_t step = data[1] + 1u;
    unsigned place = data[0] >> 2 & 1;
    picture_store_set(&room);
    switch (data[0] & 3) {
    case 0:
        picture_store_begin_png(place);
        demand(take_all(data + 2, size - 2, step), place);
        break;
    case 1:
        build(data + 2, size - 2);
        picture_store_begin_png(place);
        demand(take_all(file, filled, step), place);
        break;
    case 2: {
        enum picture_result result = picture_store_begin_hex(place, data[2], data[3], data[4]);

        demand(result == PICTURE_GOOD ? take_all(data + 5, size - 5, step) : result, place);
        break;
    }
    default:
        write(data + 2, size - 2);
        break;
    }
    picture_store_release();
    if (pieces != 0)
        abort();
    return 0;
}
