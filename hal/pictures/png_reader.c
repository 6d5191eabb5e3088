/*
 * A machine of octets: signature, chunks, and in the chunks of pixels the inflated stream with its filtered rows; see
 * png_reader.h.
 */
#include "png_reader.h"

#include <stdbool.h>
#include <string.h>

#include "inflate.h"
#include "picture_memory.h"
#include "png_crc.h"

enum { Signature = 8, ChunkHead = 8, Crc = 4, Header = 13, Colours = 256, LeastWindow = 256, ZlibHead = 2 };

/*
 * Octets behind the window: for a length that there is not (symbols 286 and 287), tinfl of miniz 1.15, as the chip has
 * it in its ROM, copies three without a look at the end.
 */
enum { BeyondWindow = 8 };

enum stage { InSignature, InHead, InData, InCrc, Done };

enum colour { Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, RgbAlpha = 6 };

#define NAME(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))
#define IHDR NAME('I', 'H', 'D', 'R')
#define PLTE NAME('P', 'L', 'T', 'E')
#define TRNS NAME('t', 'R', 'N', 'S')
#define IDAT NAME('I', 'D', 'A', 'T')
#define IEND NAME('I', 'E', 'N', 'D')
/* Set in the name of a chunk that a reader may leave out. */
#define ANCILLARY 0x20000000u

struct png_reader {
    struct png_target target;
    enum picture_result result;
    enum stage stage;
    /* Octets of the stage that have come, and the chunk: its name, octets of it to come, the check so far. */
    unsigned filled;
    uint8_t some[Header];
    uint32_t name, left, crc;
    bool sized;
    unsigned width, height;
    uint8_t depth, colour;
    /* Octets of a pixel, at least one, and of a row without its filter. */
    unsigned pixel, stride;
    uint8_t palette[Colours * 3];
    unsigned colours;
    /* What tRNS says: opacity of the palette's colours, or the one colour that is not there. */
    uint8_t opacity[Colours];
    unsigned opacities;
    bool keyed;
    uint16_t key[3];
    /* The stream: its head, the window of what was inflated and where in it the next octet goes. */
    uint8_t zlib[ZlibHead];
    unsigned zlib_filled;
    tinfl_decompressor inflate;
    uint8_t *window;
    size_t window_size, at;
    bool inflated;
    /* The row that comes, its filter in front, and the one above; rows that are whole; the latest as it is given away.
     */
    uint8_t *row, *above, *pixels;
    unsigned row_filled, rows;
};

static uint32_t word(const uint8_t *octets) {
    return NAME(octets[0], octets[1], octets[2], octets[3]);
}

static unsigned samples(enum colour colour) {
    switch (colour) {
    case Rgb:
        return 3;
    case GreyAlpha:
        return 2;
    case RgbAlpha:
        return 4;
    default:
        return 1;
    }
}

static bool has_depth(unsigned colour, unsigned depth) {
    switch (colour) {
    case Grey:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case Palette:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case Rgb:
    case GreyAlpha:
    case RgbAlpha:
        return depth == 8 || depth == 16;
    default:
        return false;
    }
}

static enum picture_result take_header(struct png_reader *reader) {
    const uint8_t *head = reader->some;
    uint32_t width = word(head), height = word(head + 4);

    if (width == 0 || height == 0 || !has_depth(head[9], head[8]) || head[10] != 0 || head[11] != 0 || head[12] > 1)
        return PICTURE_DAMAGED;
    if (width > PICTURE_MOST || height > PICTURE_MOST || width * height > PICTURE_PIXELS)
        return PICTURE_LARGE;
    if (head[12] != 0)
        return PICTURE_INTERLACED;
    reader->width = (unsigned)width;
    reader->height = (unsigned)height;
    reader->depth = head[8];
    reader->colour = head[9];
    unsigned bits = reader->depth * samples(reader->colour);
    reader->pixel = bits < 8 ? 1 : bits / 8;
    reader->stride = (reader->width * bits + 7) / 8;
    reader->row = picture_memory_take(reader->stride + 1);
    reader->above = picture_memory_take(reader->stride + 1);
    reader->pixels = picture_memory_take(reader->width * 4);
    if (!reader->row || !reader->above || !reader->pixels)
        return PICTURE_NO_ROOM;
    reader->sized = true;
    return reader->target.size(reader->target.context, reader->width, reader->height);
}

/* The stream's head (RFC 1950); its window is no larger than what is inflated. */
static enum picture_result open_stream(struct png_reader *reader) {
    const uint8_t *zlib = reader->zlib;
    size_t all = (size_t)(reader->stride + 1) * reader->height;

    if ((zlib[0] & 15) != 8 || zlib[0] >> 4 > 7 || (zlib[0] << 8 | zlib[1]) % 31 != 0 || (zlib[1] & 0x20) != 0)
        return PICTURE_DAMAGED;
    reader->window_size = (size_t)LeastWindow << (zlib[0] >> 4);
    while (reader->window_size > LeastWindow && reader->window_size / 2 >= all)
        reader->window_size /= 2;
    reader->window = picture_memory_take(reader->window_size + BeyondWindow);
    if (!reader->window)
        return PICTURE_NO_ROOM;
    tinfl_init(&reader->inflate);
    return PICTURE_GOOD;
}

static uint8_t paeth(int left, int above, int corner) {
    int guess = left + above - corner;
    int from_left = guess > left ? guess - left : left - guess;
    int from_above = guess > above ? guess - above : above - guess;
    int from_corner = guess > corner ? guess - corner : corner - guess;

    if (from_left <= from_above && from_left <= from_corner)
        return (uint8_t)left;
    return (uint8_t)(from_above <= from_corner ? above : corner);
}

/* Takes the filter off the row (ISO/IEC 15948, 9.2); false for a filter that there is not. */
static bool unfilter(struct png_reader *reader) {
    uint8_t *row = reader->row + 1;
    const uint8_t *above = reader->above + 1;
    unsigned pixel = reader->pixel;

    if (reader->row[0] > 4)
        return false;
    if (reader->row[0] == 0)
        return true;
    for (unsigned i = 0; i < reader->stride; i++) {
        uint8_t left = i >= pixel ? row[i - pixel] : 0;
        uint8_t corner = i >= pixel ? above[i - pixel] : 0;

        switch (reader->row[0]) {
        case 1:
            row[i] = (uint8_t)(row[i] + left);
            break;
        case 2:
            row[i] = (uint8_t)(row[i] + above[i]);
            break;
        case 3:
            row[i] = (uint8_t)(row[i] + (left + above[i]) / 2);
            break;
        default:
            row[i] = (uint8_t)(row[i] + paeth(left, above[i], corner));
            break;
        }
    }
    return true;
}

/* A sample of fewer than 8 bits, the first in the highest. */
static unsigned few_bits(const uint8_t *row, unsigned at, unsigned depth) {
    unsigned bit = at * depth;

    return (row[bit >> 3] >> (8 - depth - (bit & 7))) & ((1u << depth) - 1);
}

/* A sample of a pixel as the file has it. */
static unsigned sample(const struct png_reader *reader, unsigned x, unsigned which) {
    const uint8_t *row = reader->row + 1;
    unsigned at = x * samples(reader->colour) + which;

    if (reader->depth == 16)
        return (unsigned)row[at * 2] << 8 | row[at * 2 + 1];
    return reader->depth == 8 ? row[at] : few_bits(row, at, reader->depth);
}

/* A sample in 8 bits. */
static uint8_t eight(const struct png_reader *reader, unsigned value) {
    if (reader->depth == 16)
        return (uint8_t)(value >> 8);
    return (uint8_t)(value * 255 / ((1u << reader->depth) - 1));
}

static bool is_key(const struct png_reader *reader, unsigned x) {
    if (!reader->keyed)
        return false;
    for (unsigned i = 0; i < samples(reader->colour); i++) {
        if (sample(reader, x, i) != reader->key[i])
            return false;
    }
    return true;
}

/* Makes red, green, blue and opacity of a pixel; false for a colour that the palette has not. */
static bool convert(const struct png_reader *reader, unsigned x, uint8_t *pixel) {
    unsigned first = sample(reader, x, 0);

    pixel[3] = is_key(reader, x) ? 0 : 255;
    switch (reader->colour) {
    case Palette:
        if (first >= reader->colours)
            return false;
        memcpy(pixel, reader->palette + (size_t)first * 3, 3);
        if (first < reader->opacities)
            pixel[3] = reader->opacity[first];
        return true;
    case Rgb:
    case RgbAlpha:
        pixel[0] = eight(reader, first);
        pixel[1] = eight(reader, sample(reader, x, 1));
        pixel[2] = eight(reader, sample(reader, x, 2));
        if (reader->colour == RgbAlpha)
            pixel[3] = eight(reader, sample(reader, x, 3));
        return true;
    default:
        memset(pixel, eight(reader, first), 3);
        if (reader->colour == GreyAlpha)
            pixel[3] = eight(reader, sample(reader, x, 1));
        return true;
    }
}

static enum picture_result finish_row(struct png_reader *reader) {
    uint8_t *row = reader->row;

    if (!unfilter(reader))
        return PICTURE_DAMAGED;
    for (unsigned x = 0; x < reader->width; x++) {
        if (!convert(reader, x, reader->pixels + (size_t)x * 4))
            return PICTURE_DAMAGED;
    }
    reader->target.row(reader->target.context, reader->pixels);
    reader->row = reader->above;
    reader->above = row;
    reader->row_filled = 0;
    reader->rows++;
    return PICTURE_GOOD;
}

/* Inflated octets: rows, and behind the last nothing that counts. */
static enum picture_result take_rows(struct png_reader *reader, const uint8_t *octets, size_t size) {
    while (size > 0 && reader->rows < reader->height) {
        size_t room = reader->stride + 1 - reader->row_filled;
        size_t count = size < room ? size : room;

        memcpy(reader->row + reader->row_filled, octets, count);
        reader->row_filled += (unsigned)count;
        octets += count;
        size -= count;
        if (reader->row_filled == reader->stride + 1) {
            enum picture_result result = finish_row(reader);

            if (result != PICTURE_GOOD)
                return result;
        }
    }
    return PICTURE_GOOD;
}

static enum picture_result take_pixels(struct png_reader *reader, const uint8_t *octets, size_t size) {
    while (reader->zlib_filled < ZlibHead && size > 0) {
        reader->zlib[reader->zlib_filled++] = *octets++;
        size--;
        if (reader->zlib_filled == ZlibHead) {
            enum picture_result result = open_stream(reader);

            if (result != PICTURE_GOOD)
                return result;
        }
    }
    /* what has been taken may make more than there is room for in the window */
    for (bool more = size > 0; more && !reader->inflated && reader->rows < reader->height;) {
        size_t room = reader->window_size - reader->at, taken = size, made = room;
        tinfl_status status = tinfl_decompress(&reader->inflate, octets, &taken, reader->window,
                                               reader->window + reader->at, &made, TINFL_FLAG_HAS_MORE_INPUT);
        enum picture_result result = take_rows(reader, reader->window + reader->at, made);

        if (result != PICTURE_GOOD)
            return result;
        if (status < TINFL_STATUS_DONE || made > room || (taken == 0 && made == 0 && size > 0))
            return PICTURE_DAMAGED;
        octets += taken;
        size -= taken;
        reader->at = (reader->at + made) & (reader->window_size - 1);
        reader->inflated = status == TINFL_STATUS_DONE;
        more = size > 0 || status == TINFL_STATUS_HAS_MORE_OUTPUT;
    }
    return PICTURE_GOOD;
}

/* The colour that is not there, of a picture without a palette: its samples in 16 bits. */
static void take_key(struct png_reader *reader) {
    for (unsigned i = 0; i < samples(reader->colour); i++)
        reader->key[i] = (uint16_t)(reader->opacity[i * 2] << 8 | reader->opacity[i * 2 + 1]);
    reader->keyed = true;
}

/* A chunk begins: whether it may stand here, and fits. */
static enum picture_result begin_chunk(struct png_reader *reader) {
    reader->left = word(reader->some);
    reader->name = word(reader->some + 4);
    reader->crc = png_crc(PNG_CRC_START, reader->some + 4, 4);
    reader->filled = 0;
    reader->stage = reader->left > 0 ? InData : InCrc;
    if (!reader->sized)
        return reader->name == IHDR && reader->left == Header ? PICTURE_GOOD : PICTURE_DAMAGED;
    switch (reader->name) {
    case PLTE:
        reader->colours = 0;
        return reader->left % 3 == 0 && reader->left <= Colours * 3 ? PICTURE_GOOD : PICTURE_DAMAGED;
    case TRNS:
        reader->opacities = 0;
        if (reader->colour == Palette)
            return reader->left <= Colours ? PICTURE_GOOD : PICTURE_DAMAGED;
        return reader->left == samples(reader->colour) * 2 && reader->colour != GreyAlpha && reader->colour != RgbAlpha
                   ? PICTURE_GOOD
                   : PICTURE_DAMAGED;
    case IDAT:
    case IEND:
        return PICTURE_GOOD;
    default:
        return (reader->name & ANCILLARY) != 0 && reader->left < 0x80000000u ? PICTURE_GOOD : PICTURE_DAMAGED;
    }
}

static enum picture_result take_data(struct png_reader *reader, const uint8_t *octets, size_t size) {
    switch (reader->name) {
    case IHDR:
        memcpy(reader->some + reader->filled, octets, size);
        return PICTURE_GOOD;
    case PLTE:
        memcpy(reader->palette + reader->filled, octets, size);
        return PICTURE_GOOD;
    case TRNS:
        memcpy(reader->opacity + reader->filled, octets, size);
        return PICTURE_GOOD;
    case IDAT:
        return take_pixels(reader, octets, size);
    default:
        return PICTURE_GOOD;
    }
}

/* A chunk is over and its check holds. `size` octets were in it. */
static enum picture_result end_chunk(struct png_reader *reader, unsigned size) {
    switch (reader->name) {
    case IHDR:
        return reader->sized ? PICTURE_DAMAGED : take_header(reader);
    case PLTE:
        reader->colours = size / 3;
        return PICTURE_GOOD;
    case TRNS:
        if (reader->colour == Palette)
            reader->opacities = size;
        else
            take_key(reader);
        return PICTURE_GOOD;
    case IEND:
        reader->stage = Done;
        return reader->rows == reader->height ? PICTURE_GOOD : PICTURE_DAMAGED;
    default:
        return PICTURE_GOOD;
    }
}

struct png_reader *png_reader_open(const struct png_target *target) {
    struct png_reader *reader = picture_memory_take(sizeof(*reader));

    if (reader)
        reader->target = *target;
    return reader;
}

/* Takes octets of the present stage, at least one of them; returns how many. */
static size_t step(struct png_reader *reader, const uint8_t *octets, size_t size) {
    static const uint8_t signature[Signature] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    switch (reader->stage) {
    case InSignature:
        if (octets[0] != signature[reader->filled++])
            reader->result = PICTURE_KIND;
        if (reader->filled == Signature) {
            reader->filled = 0;
            reader->stage = InHead;
        }
        return 1;
    case InHead:
        reader->some[reader->filled++] = octets[0];
        if (reader->filled == ChunkHead)
            reader->result = begin_chunk(reader);
        return 1;
    case InData: {
        size_t count = size < reader->left ? size : reader->left;

        reader->result = take_data(reader, octets, count);
        reader->crc = png_crc(reader->crc, octets, count);
        reader->filled += (unsigned)count;
        reader->left -= (uint32_t)count;
        if (reader->left == 0)
            reader->stage = InCrc;
        return count;
    }
    case InCrc: {
        /* the check is compared as it comes: its first octet is the highest */
        uint32_t crc = ~reader->crc;

        if (octets[0] != (uint8_t)(crc >> (24 - 8 * reader->left)))
            reader->result = PICTURE_DAMAGED;
        else if (++reader->left == Crc) {
            unsigned size = reader->filled;

            reader->filled = 0;
            reader->left = 0;
            reader->stage = InHead;
            reader->result = end_chunk(reader, size);
        }
        return 1;
    }
    default:
        return size;
    }
}

enum picture_result png_reader_take(struct png_reader *reader, const uint8_t *octets, size_t size) {
    while (size > 0 && reader->result == PICTURE_GOOD) {
        size_t count = step(reader, octets, size);

        octets += count;
        size -= count;
    }
    return reader->result;
}

enum picture_result png_reader_end(const struct png_reader *reader) {
    if (reader->result != PICTURE_GOOD)
        return reader->result;
    if (reader->stage == InSignature)
        return PICTURE_KIND;
    return reader->stage == Done ? PICTURE_GOOD : PICTURE_DAMAGED;
}

void png_reader_close(struct png_reader *reader) {
    if (!reader)
        return;
    picture_memory_give(reader->row);
    picture_memory_give(reader->above);
    picture_memory_give(reader->pixels);
    picture_memory_give(reader->window);
    picture_memory_give(reader);
}
