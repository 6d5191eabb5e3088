/*
 * The files of the display's fonts: AngelCode's BMFont format, binary, version 3, and the sheet with the letters'
 * opacity as PNG.
 */
#ifndef LINNET_FONTS_H
#define LINNET_FONTS_H

#include <stdint.h>

/* Numbered as the fonts of hal/host/canvas.ts. */
enum { FONTS = 7 };

struct font_files {
    const uint8_t *metrics, *metrics_end, *sheet, *sheet_end;
};

extern const struct font_files font_files[FONTS];

#endif
