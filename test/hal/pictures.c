/*
 * Reads and writes pictures as the bodies do, for test/hal/pictures.spec.ts. Words: `png PLACE PIECE WIDTH HEIGHT
 * GROUND` with a file as standard input, or `hex WIDTH HEIGHT DEPTH PIECE` with digits, prints "good WIDTH HEIGHT
 * FILE-WIDTH FILE-HEIGHT" and the pixels behind it, or the number of what is wrong; `write WIDTH HEIGHT PIECE` makes a
 * PNG file of pixels; `scarce KIND` reads a file as often as it takes memory, which is refused once each time, and
 * prints how often it was refused; `most` prints how much memory reading takes; `flips` and `cuts` print how many files
 * are taken that differ in a bit of one octet, or are shorter.
 */
#include "picture_memory.h"
#include "picture_store.h"
#include "png_writer.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The memory of this test: an account, and the number of the piece that is refused (-1 none). */
static struct {
    size_t taken, most;
    long pieces, refused;
} memory = {.refused = -1};

void *picture_memory_take(size_t size) {
    if (memory.pieces++ == memory.refused)
        return NULL;
    size_t *piece = calloc(1, sizeof(size_t) * 2 + size);
    if (!piece)
        abort();
    *piece = size;
    memory.taken += size;
    if (memory.taken > memory.most)
        memory.most = memory.taken;
    return piece + 2;
}

void picture_memory_give(void *given) {
    size_t *piece = given;

    if (!piece)
        return;
    memory.taken -= piece[-2];
    free(piece - 2);
}

static uint8_t octets[1 << 23];
static size_t size;

static unsigned number(const char *word) {
    return (unsigned)strtoul(word, NULL, 0);
}

static enum picture_result take_all(size_t piece) {
    for (size_t at = 0; at < size; at += piece) {
        /* a copy of its own, so that reading beyond it is seen */
        size_t count = size - at < piece ? size - at : piece;
        uint8_t *copy = malloc(count);
        if (!copy)
            abort();
        memcpy(copy, octets + at, count);
        enum picture_result result = picture_store_take(copy, count);
        free(copy);
        if (result != PICTURE_GOOD)
            return result;
    }
    return picture_store_end();
}

static int show(enum picture_result result, unsigned place) {
    const struct picture *picture = picture_store_get(place);

    if (result != PICTURE_GOOD) {
        printf("%d\n", result);
        if (picture)
            return 3;
    } else {
        printf("good %u %u %u %u\n", picture->width, picture->height, picture->file_width, picture->file_height);
        fwrite(picture->pixels, sizeof(uint16_t), (size_t)picture->width * picture->height, stdout);
    }
    picture_store_release();
    return memory.taken == 0 ? 0 : 4;
}

static enum picture_result read_kind(const char *kind) {
    enum picture_result result =
        strcmp(kind, "png") == 0 ? picture_store_begin_png(0) : picture_store_begin_hex(0, 133, 65, 2);

    return result == PICTURE_GOOD ? take_all(512) : result;
}

static int scarce(const char *kind) {
    long refused = 0;

    for (memory.refused = 0;; memory.refused++) {
        memory.pieces = 0;
        enum picture_result result = read_kind(kind);
        picture_store_release();
        if (memory.taken != 0)
            return 4;
        if (result == PICTURE_GOOD)
            break;
        if (result != PICTURE_NO_ROOM)
            return 5;
        refused++;
    }
    printf("%ld\n", refused);
    return 0;
}

/* How many are taken of a PNG file with one octet changed each time, or cut off before it. */
static int spoil(bool cut) {
    size_t whole = size;
    unsigned taken = 0;

    for (size_t at = 0; at < whole; at++) {
        if (cut)
            size = at;
        else
            octets[at] ^= (uint8_t)(1 << (at & 7));
        taken += read_kind("png") == PICTURE_GOOD;
        if (!cut)
            octets[at] ^= (uint8_t)(1 << (at & 7));
        picture_store_release();
        if (memory.taken != 0)
            return 4;
    }
    printf("%u of %zu\n", taken, whole);
    return 0;
}

static int write_all(unsigned width, unsigned height, size_t piece) {
    struct png_writer *writer = png_writer_open(width, height);
    const uint16_t *pixels = (const uint16_t *)octets;
    uint8_t *target = malloc(piece);

    if (!writer || !target || size < (size_t)width * height * sizeof(uint16_t))
        return 3;
    for (unsigned row = 0;;) {
        size_t count = png_writer_read(writer, target, piece);

        if (count > 0) {
            fwrite(target, 1, count, stdout);
        } else if (png_writer_wants(writer)) {
            png_writer_row(writer, pixels + (size_t)row++ * width);
        } else {
            break;
        }
    }
    free(target);
    png_writer_close(writer);
    fprintf(stderr, "%zu\n", memory.most);
    return memory.taken == 0 ? 0 : 4;
}

int main(int count, char **words) {
    size = fread(octets, 1, sizeof(octets), stdin);
    if (count == 7 && strcmp(words[1], "png") == 0) {
        struct picture_room room = {
            (uint16_t)number(words[4]), (uint16_t)number(words[5]), 32, 24, number(words[6]), false};
        unsigned place = number(words[2]);

        picture_store_set(&room);
        enum picture_result result = picture_store_begin_png(place);
        return show(result == PICTURE_GOOD ? take_all(number(words[3])) : result, place);
    }
    if (count == 6 && strcmp(words[1], "hex") == 0) {
        enum picture_result result = picture_store_begin_hex(0, number(words[2]), number(words[3]), number(words[4]));
        return show(result == PICTURE_GOOD ? take_all(number(words[5])) : result, 0);
    }
    if (count == 5 && strcmp(words[1], "write") == 0)
        return write_all(number(words[2]), number(words[3]), number(words[4]));
    if (count == 3 && strcmp(words[1], "scarce") == 0)
        return scarce(words[2]);
    if (count == 2 && strcmp(words[1], "flips") == 0)
        return spoil(false);
    if (count == 2 && strcmp(words[1], "cuts") == 0)
        return spoil(true);
    if (count == 3 && strcmp(words[1], "most") == 0) {
        if (read_kind(words[2]) != PICTURE_GOOD)
            return 5;
        printf("%zu\n", memory.most);
        picture_store_release();
        return memory.taken == 0 ? 0 : 4;
    }
    return 2;
}
