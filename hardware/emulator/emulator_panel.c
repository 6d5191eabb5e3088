/*
 * Natives of panel.ts: the panel of Espressif's QEMU (its device display.esp.rgb). Pixels are written into a frame
 * buffer of its own memory; it takes the area that its registers name when QEMU next looks at the window, so always all
 * of it is named: what a screenshot takes is the last state whole.
 */
#include <stdint.h>
#include <string.h>

#include "commodettoPixelsOut.h"
#include "xsmc.h"

#if kCommodettoBitmapFormat != kCommodettoBitmapRGB565LE
#error the panel takes RGB565LE
#endif

enum { Width = MODDEF_EMULATOR_WIDTH, Height = MODDEF_EMULATOR_HEIGHT, PixelBits = 16 };

#define FRAME_BUFFER 0x20000000u
/* Where QEMU says that it is one, in a register that has no use on the chip. */
#define ORIGIN ((volatile uint32_t *)0x600263F8u)
#define ORIGIN_QEMU 0x51454D55u

typedef struct {
    uint32_t version;
    /* In all of these x or width is in the upper half, y or height in the lower. */
    uint32_t size;
    uint32_t from;
    uint32_t to;
    uint32_t content;
    uint32_t update;
    uint32_t bits;
} Registers;

static volatile Registers *const registers = (volatile Registers *)0x21000000u;

typedef struct {
    PixelsOutDispatch dispatch;
    /* The area, and where in it the next pixel goes. */
    uint32_t x, y, width;
    uint32_t column, row;
} Panel;

static void begin(void *refcon, CommodettoCoordinate x, CommodettoCoordinate y, CommodettoDimension width,
                  CommodettoDimension height) {
    Panel *panel = refcon;

    (void)height;
    panel->x = (uint32_t)x;
    panel->y = (uint32_t)y;
    panel->width = width;
    panel->column = panel->row = 0;
}

static void update(void *refcon) {
    (void)refcon;
    registers->update = 1;
}

static void send(PocoPixel *pixels, int octets, void *refcon) {
    Panel *panel = refcon;
    uint32_t count = (uint32_t)(octets < 0 ? -octets : octets) / sizeof(uint16_t);
    const uint16_t *source = (const uint16_t *)pixels;

    while (count > 0 && panel->width > 0) {
        uint32_t run = panel->width - panel->column;
        uint32_t at = (panel->y + panel->row) * Width + panel->x + panel->column;

        if (run > count)
            run = count;
        if (at + run > Width * Height)
            return;
        memcpy((uint16_t *)FRAME_BUFFER + at, source, run * sizeof(uint16_t));
        source += run;
        count -= run;
        panel->column += run;
        if (panel->column == panel->width) {
            panel->column = 0;
            panel->row++;
        }
    }
}

static const PixelsOutDispatchRecord dispatch = {
    .doBegin = begin,
    .doContinue = update,
    .doEnd = update,
    .doSend = send,
};

/* There is one, and it stays. */
static Panel panel = {.dispatch = (PixelsOutDispatch)&dispatch};

void xs_emulator_panel_destructor(void *data) {
    (void)data;
}

void xs_emulator_panel(xsMachine *the) {
    if (*ORIGIN != ORIGIN_QEMU)
        xsUnknownError("this is no emulated chip: the firmware of another board is needed");
    registers->size = Width << 16 | Height;
    registers->bits = PixelBits;
    registers->from = 0;
    registers->to = Width << 16 | Height;
    registers->content = FRAME_BUFFER;
    memset((void *)FRAME_BUFFER, 0, Width * Height * sizeof(uint16_t));
    update(&panel);
    xsmcSetHostData(xsThis, &panel);
}

/* (x, y, width, height) */
void xs_emulator_panel_begin(xsMachine *the) {
    begin(xsmcGetHostData(xsThis), (CommodettoCoordinate)xsmcToInteger(xsArg(0)),
          (CommodettoCoordinate)xsmcToInteger(xsArg(1)), (CommodettoDimension)xsmcToInteger(xsArg(2)),
          (CommodettoDimension)xsmcToInteger(xsArg(3)));
}

/* (pixels, offset, count): in octets. */
void xs_emulator_panel_send(xsMachine *the) {
    void *data;
    xsUnsignedValue size;
    xsIntegerValue offset = xsmcToInteger(xsArg(1)), count = xsmcToInteger(xsArg(2));

    xsmcGetBufferReadable(xsArg(0), &data, &size);
    if (offset < 0 || count < 0 || (xsUnsignedValue)offset > size ||
        (xsUnsignedValue)count > size - (xsUnsignedValue)offset)
        xsRangeError("pixels out of the buffer");
    send((PocoPixel *)((uint8_t *)data + offset), (int)count, xsmcGetHostData(xsThis));
}

void xs_emulator_panel_end(xsMachine *the) {
    update(xsmcGetHostData(xsThis));
}

void xs_emulator_panel_format(xsMachine *the) {
    xsmcSetInteger(xsResult, kCommodettoBitmapFormat);
}

void xs_emulator_panel_width(xsMachine *the) {
    xsmcSetInteger(xsResult, Width);
}

void xs_emulator_panel_height(xsMachine *the) {
    xsmcSetInteger(xsResult, Height);
}
