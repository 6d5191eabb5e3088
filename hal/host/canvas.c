/*
 * What the Moddable SDK's renderer Poco does on a board, for a picture of the display on a PC: areas of RGB565 in the
 * band of hal/pictures/screenshot.h, letters in 16 greys blended in 31 steps, with the fonts of hal/display/fonts.
 * Natives of canvas.ts.
 */
#include <stdlib.h>
#include <string.h>

#include "fonts.h"
#include "host.h"
#include "picture_store.h"
#include "png_reader.h"
#include "screenshot.h"

/* Sizes in the files of fonts. */
enum { Head = 4, BlockHead = 5, Common = 2, Letters = 4, LetterSize = 20, Opaque = 15 };

struct font {
    const uint8_t *letters;
    int count, height;
    /* Opacity of each pixel of the sheet, in 16 steps. */
    uint8_t *sheet;
    int width, row;
};

struct letter {
    int left, top, width, height, x, y, advance;
};

static struct {
    struct font fonts[FONTS];
    /* The area that is drawn; empty outside of begin and end. */
    int x, y, right, bottom;
} canvas;

static int word(const uint8_t *octets) {
    return octets[0] | octets[1] << 8;
}

static int signed_word(const uint8_t *octets) {
    return (int16_t)word(octets);
}

static uint32_t long_word(const uint8_t *octets) {
    return (uint32_t)word(octets) | (uint32_t)word(octets + 2) << 16;
}

static enum picture_result size_sheet(void *context, unsigned width, unsigned height) {
    struct font *font = context;

    font->width = (int)width;
    font->sheet = malloc((size_t)width * height);
    return font->sheet ? PICTURE_GOOD : PICTURE_NO_ROOM;
}

static void take_sheet_row(void *context, const uint8_t *pixels) {
    struct font *font = context;
    uint8_t *target = font->sheet + (size_t)font->row++ * (size_t)font->width;

    for (int x = 0; x < font->width; x++)
        target[x] = pixels[(size_t)x * 4 + 3] >> 4;
}

static bool read_font(struct font *font, const struct font_files *files) {
    const struct png_target target = {font, size_sheet, take_sheet_row};
    struct png_reader *reader = png_reader_open(&target);
    bool good = reader && png_reader_take(reader, files->sheet, (size_t)(files->sheet_end - files->sheet)) == 0 &&
                png_reader_end(reader) == PICTURE_GOOD;

    png_reader_close(reader);
    for (const uint8_t *at = files->metrics + Head; at < files->metrics_end; at += BlockHead + long_word(at + 1)) {
        if (at[0] == Common) {
            font->height = word(at + BlockHead);
        } else if (at[0] == Letters) {
            font->letters = at + BlockHead;
            font->count = (int)(long_word(at + 1) / LetterSize);
        }
    }
    return good;
}

static void close_fonts(void) {
    for (int i = 0; i < FONTS; i++)
        free(canvas.fonts[i].sheet);
    memset(&canvas, 0, sizeof(canvas));
}

/* The letter of a code point; false for none. They stand in the order of their numbers. */
static bool find_letter(const struct font *font, uint32_t code, struct letter *letter) {
    int low = 0, high = font->count - 1;

    while (low <= high) {
        int middle = (low + high) / 2;
        const uint8_t *at = font->letters + (size_t)middle * LetterSize;
        uint32_t found = long_word(at);

        if (found == code) {
            letter->left = word(at + 4);
            letter->top = word(at + 6);
            letter->width = word(at + 8);
            letter->height = word(at + 10);
            letter->x = signed_word(at + 12);
            letter->y = signed_word(at + 14);
            letter->advance = signed_word(at + 16);
            return true;
        }
        if (found < code)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return false;
}

/* The next code point of a text in UTF-8, 0 at its end. */
static uint32_t next_code(const char **text) {
    const uint8_t *at = (const uint8_t *)*text;
    int more = at[0] >= 0xf0 ? 3 : at[0] >= 0xe0 ? 2 : at[0] >= 0xc0 ? 1 : 0;
    uint32_t code = more == 0 ? at[0] : at[0] & (0x3fu >> more);

    if (code == 0)
        return 0;
    for (int i = 1; i <= more && at[i]; i++)
        code = code << 6 | (at[i] & 0x3f);
    *text += 1 + more;
    return code;
}

/* A part of a colour over that of another, in 31 steps. */
static unsigned mixed(unsigned over, unsigned under, unsigned blend) {
    unsigned sum = blend * over + (31 - blend) * under + 16;

    return (sum + (sum >> 5)) >> 5;
}

static uint16_t mix(unsigned over, unsigned under, unsigned grey) {
    unsigned blend = grey << 1 | grey >> 3;

    return (uint16_t)(mixed(over >> 11, under >> 11, blend) << 11 | mixed(over >> 5 & 63, under >> 5 & 63, blend) << 5 |
                      mixed(over & 31, under & 31, blend));
}

static void draw_letter(const struct font *font, const struct letter *letter, uint16_t colour, int x, int y) {
    for (int row = 0; row < letter->height; row++) {
        int down = y + letter->y + row;
        uint16_t *target = down >= canvas.y && down < canvas.bottom ? screenshot_row(down) : NULL;
        const uint8_t *greys = font->sheet + (size_t)(letter->top + row) * (size_t)font->width + letter->left;

        for (int column = 0; target && column < letter->width; column++) {
            int across = x + letter->x + column;

            if (across < canvas.x || across >= canvas.right || greys[column] == 0)
                continue;
            target[across] = greys[column] == Opaque ? colour : mix(colour, target[across], greys[column]);
        }
    }
}

static const struct font *font_of(int number) {
    const struct font *font = number >= 0 && number < FONTS ? &canvas.fonts[number] : NULL;

    return font && font->sheet ? font : NULL;
}

/* Reads the fonts; false when that fails. */
void xs_canvas_open(xsMachine *the) {
    bool good = true;

    close_fonts();
    for (int i = 0; i < FONTS; i++)
        good = read_font(&canvas.fonts[i], &font_files[i]) && good;
    xsmcSetBoolean(xsResult, good);
}

void xs_canvas_close(xsMachine *the) {
    (void)the;
    close_fonts();
}

/* (font): rows of a line. */
void xs_canvas_height(xsMachine *the) {
    const struct font *font = font_of((int)xsmcToInteger(xsArg(0)));

    xsmcSetInteger(xsResult, font ? font->height : 0);
}

/* (x, y, width, height): what is drawn outside of it is left out. */
void xs_canvas_begin(xsMachine *the) {
    int x = (int)xsmcToInteger(xsArg(0)), y = (int)xsmcToInteger(xsArg(1)), right = x + (int)xsmcToInteger(xsArg(2));

    canvas.x = x > 0 ? x : 0;
    canvas.y = y;
    canvas.right = right < screenshot_width() ? right : screenshot_width();
    canvas.bottom = y + (int)xsmcToInteger(xsArg(3));
}

void xs_canvas_end(xsMachine *the) {
    (void)the;
    canvas.bottom = canvas.y;
}

/* (colour, x, y, width, height) */
void xs_canvas_fill(xsMachine *the) {
    uint16_t colour = (uint16_t)xsmcToInteger(xsArg(0));
    int x = (int)xsmcToInteger(xsArg(1)), y = (int)xsmcToInteger(xsArg(2));
    int right = x + (int)xsmcToInteger(xsArg(3)), bottom = y + (int)xsmcToInteger(xsArg(4));

    x = x > canvas.x ? x : canvas.x;
    y = y > canvas.y ? y : canvas.y;
    right = right < canvas.right ? right : canvas.right;
    bottom = bottom < canvas.bottom ? bottom : canvas.bottom;
    for (int row = y; row < bottom; row++) {
        uint16_t *target = screenshot_row(row);

        for (int column = x; target && column < right; column++)
            target[column] = colour;
    }
}

/* (text, font, colour, x, y) */
void xs_canvas_text(xsMachine *the) {
    const struct font *font = font_of((int)xsmcToInteger(xsArg(1)));
    uint16_t colour = (uint16_t)xsmcToInteger(xsArg(2));
    int x = (int)xsmcToInteger(xsArg(3)), y = (int)xsmcToInteger(xsArg(4));
    const char *text = xsmcToString(xsArg(0));
    struct letter letter;

    for (uint32_t code = next_code(&text); font && code != 0; code = next_code(&text)) {
        if (!find_letter(font, code, &letter))
            continue;
        draw_letter(font, &letter, colour, x, y);
        x += letter.advance;
    }
}

/* (text, font): pixels that a text takes. */
void xs_canvas_width(xsMachine *the) {
    const struct font *font = font_of((int)xsmcToInteger(xsArg(1)));
    const char *text = xsmcToString(xsArg(0));
    struct letter letter;
    int width = 0;

    for (uint32_t code = next_code(&text); font && code != 0; code = next_code(&text)) {
        if (find_letter(font, code, &letter))
            width += letter.advance;
    }
    xsmcSetInteger(xsResult, width);
}

/* (place, x, y): what the store of pictures keeps there. */
void xs_canvas_picture(xsMachine *the) {
    xsIntegerValue place = xsmcToInteger(xsArg(0));
    const struct picture *picture = place < 0 ? NULL : picture_store_get((unsigned)place);
    int x = (int)xsmcToInteger(xsArg(1)), y = (int)xsmcToInteger(xsArg(2));

    for (int row = 0; picture && row < picture->height; row++) {
        int down = y + row;
        uint16_t *target = down >= canvas.y && down < canvas.bottom ? screenshot_row(down) : NULL;

        for (int column = 0; target && column < picture->width; column++) {
            int across = x + column;

            if (across >= canvas.x && across < canvas.right)
                target[across] = picture->pixels[(size_t)row * picture->width + (size_t)column];
        }
    }
}
