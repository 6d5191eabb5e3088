/*
 * Chunks of pixels of two kilobytes and a row; see png_writer.h.
 */
#include "png_writer.h"

#include <string.h>

#include "picture_memory.h"
#include "png_crc.h"

enum {
    Head = 8 + 12 + 13,
    ChunkHead = 8,
    Crc = 4,
    /* Behind the last row: the end of the block, the check of the stream, the last chunk. */
    Tail = 8 + 12,
    ZlibHead = 2,
    /* Octets that a chunk of pixels is to have, so that its own few count for little. */
    Chunk = 2048,
    MatchLeast = 4,
    MatchMost = 258,
    /* How far back what repeats is looked for: an octet, a pixel. */
    OneBack = 1,
    PixelBack = 3,
    AdlerBase = 65521,
    AdlerMost = 5552
};

struct png_writer {
    unsigned width, height;
    /* Octets of a row with its filter, and rows that have come. */
    unsigned stride, rows;
    uint16_t *above;
    uint8_t *row;
    uint32_t adler_low, adler_high;
    /* Bits that do not make an octet yet, the first in the lowest. */
    uint32_t bits;
    unsigned bit_count;
    /* Octets that wait to be read, and those that may be: the chunk is whole. */
    size_t size, read, ready, room;
    /* Where the chunk begins that is being filled. */
    size_t chunk;
    uint8_t octets[];
};

static void put_octet(struct png_writer *writer, uint32_t octet) {
    writer->octets[writer->size++] = (uint8_t)octet;
}

static void put_word(struct png_writer *writer, uint32_t word) {
    for (unsigned shift = 32; shift > 0; shift -= 8)
        put_octet(writer, word >> (shift - 8));
}

static void begin_chunk(struct png_writer *writer, const char *name) {
    writer->chunk = writer->size;
    put_word(writer, 0);
    for (unsigned i = 0; i < 4; i++)
        put_octet(writer, (uint8_t)name[i]);
}

static void end_chunk(struct png_writer *writer) {
    size_t length = writer->size - writer->chunk - ChunkHead;

    for (unsigned i = 0; i < 4; i++)
        writer->octets[writer->chunk + i] = (uint8_t)(length >> (24 - 8 * i));
    put_word(writer, ~png_crc(PNG_CRC_START, writer->octets + writer->chunk + 4, length + 4));
    writer->ready = writer->size;
}

static void put_bits(struct png_writer *writer, uint32_t bits, unsigned count) {
    writer->bits |= bits << writer->bit_count;
    writer->bit_count += count;
    while (writer->bit_count >= 8) {
        put_octet(writer, writer->bits);
        writer->bits >>= 8;
        writer->bit_count -= 8;
    }
}

/* Codes begin with their highest bit. */
static void put_code(struct png_writer *writer, uint32_t code, unsigned count) {
    uint32_t turned = 0;

    for (unsigned i = 0; i < count; i++)
        turned |= ((code >> i) & 1) << (count - 1 - i);
    put_bits(writer, turned, count);
}

/* A literal, the end (256) or a length by its number. */
static void put_symbol(struct png_writer *writer, uint32_t symbol) {
    if (symbol < 144)
        put_code(writer, 0x30 + symbol, 8);
    else if (symbol < 256)
        put_code(writer, 0x190 + symbol - 144, 9);
    else if (symbol < 280)
        put_code(writer, symbol - 256, 7);
    else
        put_code(writer, 0xc0 + symbol - 280, 8);
}

static void put_match(struct png_writer *writer, unsigned length, unsigned back) {
    unsigned over = length - 3, extra = 0;

    if (length == MatchMost) {
        put_symbol(writer, 285);
    } else {
        while (over >> (extra + 3) != 0)
            extra++;
        put_symbol(writer, extra == 0 ? 257 + over : 261 + 4 * extra + ((over >> extra) & 3));
        put_bits(writer, over & ((1u << extra) - 1), extra);
    }
    /* distances up to 4 are their own codes */
    put_code(writer, back - 1, 5);
}

static unsigned repeats(const struct png_writer *writer, unsigned at, unsigned back) {
    unsigned length = 0;

    if (at < back)
        return 0;
    while (at + length < writer->stride && length < MatchMost &&
           writer->row[at + length] == writer->row[at + length - back])
        length++;
    return length;
}

static void put_row(struct png_writer *writer) {
    for (unsigned at = 0; at < writer->stride;) {
        unsigned one = repeats(writer, at, OneBack), pixel = repeats(writer, at, PixelBack);
        unsigned length = one >= pixel ? one : pixel;

        if (length < MatchLeast) {
            put_symbol(writer, writer->row[at++]);
            continue;
        }
        put_match(writer, length, one >= pixel ? OneBack : PixelBack);
        at += length;
    }
}

static void check(struct png_writer *writer) {
    for (unsigned at = 0; at < writer->stride;) {
        unsigned end = writer->stride - at > AdlerMost ? at + AdlerMost : writer->stride;

        for (; at < end; at++) {
            writer->adler_low += writer->row[at];
            writer->adler_high += writer->adler_low;
        }
        writer->adler_low %= AdlerBase;
        writer->adler_high %= AdlerBase;
    }
}

/* Red, green and blue of a pixel in 8 bits each. */
static void unpack(uint16_t pixel, uint8_t *parts) {
    parts[0] = (uint8_t)(((pixel >> 11) * 255 + 15) / 31);
    parts[1] = (uint8_t)((((pixel >> 5) & 63) * 255 + 31) / 63);
    parts[2] = (uint8_t)(((pixel & 31) * 255 + 15) / 31);
}

/* The row by its difference from the one above (filter 2). */
static void filter(struct png_writer *writer, const uint16_t *pixels) {
    uint8_t parts[3], above[3];

    writer->row[0] = 2;
    for (unsigned x = 0; x < writer->width; x++) {
        uint8_t *target = writer->row + 1 + (size_t)x * 3;

        unpack(pixels[x], parts);
        unpack(writer->above[x], above);
        for (unsigned i = 0; i < 3; i++)
            target[i] = (uint8_t)(parts[i] - above[i]);
    }
    memcpy(writer->above, pixels, writer->width * sizeof(uint16_t));
}

/* Octets that a row takes at most: 9 bits for each of its own. */
static size_t worst(unsigned stride) {
    return ((size_t)stride * 9 + 7) / 8 + 1;
}

static void write_head(struct png_writer *writer) {
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    /* 8 bits, red, green and blue, deflate, filters, not interlaced */
    static const uint8_t kind[] = {8, 2, 0, 0, 0};

    for (size_t i = 0; i < sizeof(signature); i++)
        put_octet(writer, signature[i]);
    begin_chunk(writer, "IHDR");
    put_word(writer, writer->width);
    put_word(writer, writer->height);
    for (size_t i = 0; i < sizeof(kind); i++)
        put_octet(writer, kind[i]);
    end_chunk(writer);
    begin_chunk(writer, "IDAT");
    put_octet(writer, 0x78);
    put_octet(writer, 0x01);
    /* one block, the last, in the fixed codes */
    put_bits(writer, 1, 1);
    put_bits(writer, 1, 2);
}

static void write_tail(struct png_writer *writer) {
    put_symbol(writer, 256);
    if (writer->bit_count > 0)
        put_bits(writer, 0, 8 - writer->bit_count);
    put_word(writer, writer->adler_high << 16 | writer->adler_low);
    end_chunk(writer);
    begin_chunk(writer, "IEND");
    end_chunk(writer);
}

struct png_writer *png_writer_open(unsigned width, unsigned height) {
    unsigned stride = 1 + 3 * width;
    size_t room = Head + ChunkHead + ZlibHead + Chunk + worst(stride) + Crc + Tail;
    struct png_writer *writer = picture_memory_take(sizeof(*writer) + room);

    if (!writer)
        return NULL;
    writer->width = width;
    writer->height = height;
    writer->stride = stride;
    writer->room = room;
    writer->adler_low = 1;
    writer->above = picture_memory_take(width * sizeof(uint16_t));
    writer->row = picture_memory_take(stride);
    if (!writer->above || !writer->row) {
        png_writer_close(writer);
        return NULL;
    }
    write_head(writer);
    return writer;
}

bool png_writer_wants(const struct png_writer *writer) {
    return writer->rows < writer->height && writer->room - writer->size >= worst(writer->stride) + Crc + Tail;
}

void png_writer_row(struct png_writer *writer, const uint16_t *pixels) {
    filter(writer, pixels);
    check(writer);
    put_row(writer);
    writer->rows++;
    if (writer->rows == writer->height)
        write_tail(writer);
    else if (!png_writer_wants(writer))
        end_chunk(writer);
}

size_t png_writer_read(struct png_writer *writer, uint8_t *target, size_t size) {
    size_t count = writer->ready - writer->read;

    if (count > size)
        count = size;
    memcpy(target, writer->octets + writer->read, count);
    writer->read += count;
    if (writer->read < writer->ready || writer->ready == 0)
        return count;
    /* what is not ready yet moves to the front; after a whole chunk there is nothing, and another one begins */
    bool whole = writer->ready == writer->size;
    size_t rest = writer->size - writer->ready;
    memmove(writer->octets, writer->octets + writer->ready, rest);
    writer->chunk -= whole ? 0 : writer->ready;
    writer->size = rest;
    writer->read = writer->ready = 0;
    if (whole && writer->rows < writer->height)
        begin_chunk(writer, "IDAT");
    return count;
}

void png_writer_close(struct png_writer *writer) {
    if (!writer)
        return;
    picture_memory_give(writer->above);
    picture_memory_give(writer->row);
    picture_memory_give(writer);
}
