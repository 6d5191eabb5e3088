/*
 * The display's fonts in the program, as they stand in hal/display/fonts: make runs at the top level.
 */
#include "fonts.h"

#define FILE_AS(symbol, path)                                                                                          \
    __asm__(".pushsection .rodata\n.balign 8\n.global " #symbol "\n" #symbol ":\n.incbin \"hal/display/fonts/" path    \
            "\"\n.global " #symbol "_end\n" #symbol "_end:\n.popsection\n");                                           \
    extern const uint8_t symbol[], symbol##_end[]

FILE_AS(font_tiny_metrics, "linnet-tiny.fnt");
FILE_AS(font_tiny_sheet, "linnet-tiny.png");
FILE_AS(font_small_metrics, "linnet-small.fnt");
FILE_AS(font_small_sheet, "linnet-small.png");
FILE_AS(font_text_metrics, "linnet-text.fnt");
FILE_AS(font_text_sheet, "linnet-text.png");
FILE_AS(font_large_metrics, "linnet-large.fnt");
FILE_AS(font_large_sheet, "linnet-large.png");
FILE_AS(font_digits_metrics, "linnet-digits.fnt");
FILE_AS(font_digits_sheet, "linnet-digits.png");
FILE_AS(font_icons_metrics, "linnet-icons.fnt");
FILE_AS(font_icons_sheet, "linnet-icons.png");
FILE_AS(font_pictures_metrics, "linnet-pictures.fnt");
FILE_AS(font_pictures_sheet, "linnet-pictures.png");

#define FONT(name)                                                                                                     \
    { name##_metrics, name##_metrics_end, name##_sheet, name##_sheet_end }

const struct font_files font_files[FONTS] = {
    FONT(font_tiny),  FONT(font_small),    FONT(font_text),  FONT(font_digits),
    FONT(font_icons), FONT(font_pictures), FONT(font_large),
};
