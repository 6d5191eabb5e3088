/*
 * Natives of canvas.ts: what the SDK's renderer is to draw of the phone's own pictures, and where its pixels go for a
 * picture of the display.
 */
#include <string.h>

#include "xsmc.h"
#include "xsHost.h"
/* These want the engine's types. */
#include "commodettoPoco.h"
#include "commodettoPixelsOut.h"
#include "picture_store.h"
#include "screenshot.h"

/* Whether the panel, and so the renderer, has the octets of a pixel the other way round than the processor. */
#define SWAPPED (kCommodettoBitmapFormat == kCommodettoBitmapRGB565BE)

/* On the renderer: (place, x, y). The picture is read when the area ends. */
void xs_canvas_picture(xsMachine *the) {
    Poco poco = xsmcGetHostDataPoco(xsThis);
    xsIntegerValue place = xsmcToInteger(xsArg(0));
    const struct picture *picture = place < 0 ? NULL : picture_store_get((unsigned)place);

    if (!picture)
        return;
    PocoBitmapRecord bits;
    memset(&bits, 0, sizeof(bits));
    bits.width = picture->width;
    bits.height = picture->height;
    bits.format = kCommodettoBitmapFormat;
    bits.pixels = (PocoPixel *)picture->pixels;
    PocoBitmapDraw(poco, &bits, (PocoCoordinate)xsmcToInteger(xsArg(1)), (PocoCoordinate)xsmcToInteger(xsArg(2)), 0, 0,
                   picture->width, picture->height);
}

/* A display that is the band of screenshot.h. */
typedef struct {
    PixelsOutDispatch dispatch;
    /* The area, and where in it the next pixel goes. */
    int x, y, width;
    int column, row;
} Band;

static void begin(void *refcon, CommodettoCoordinate x, CommodettoCoordinate y, CommodettoDimension width,
                  CommodettoDimension height) {
    Band *band = refcon;

    (void)height;
    band->x = x;
    band->y = y;
    band->width = width;
    band->column = band->row = 0;
}

static void nothing(void *refcon) {
    (void)refcon;
}

static void send(PocoPixel *pixels, int octets, void *refcon) {
    Band *band = refcon;
    int count = (octets < 0 ? -octets : octets) / (int)sizeof(uint16_t);
    const uint16_t *source = (const uint16_t *)pixels;

    for (int i = 0; i < count && band->width > 0; i++) {
        uint16_t *target = screenshot_row(band->y + band->row);
        uint16_t pixel = source[i];
        int across = band->x + band->column;

        if (target && across >= 0 && across < screenshot_width())
            target[across] = SWAPPED ? (uint16_t)(pixel << 8 | pixel >> 8) : pixel;
        if (++band->column == band->width) {
            band->column = 0;
            band->row++;
        }
    }
}

static const PixelsOutDispatchRecord dispatch = {
    .doBegin = begin,
    .doContinue = nothing,
    .doEnd = nothing,
    .doSend = send,
};

/* There is one, and it stays. */
static Band band = {.dispatch = (PixelsOutDispatch)&dispatch};

void xs_band_destructor(void *data) {
    (void)data;
}

void xs_band(xsMachine *the) {
    xsmcSetHostData(xsThis, &band);
}

void xs_band_format(xsMachine *the) {
    xsmcSetInteger(xsResult, kCommodettoBitmapFormat);
}
