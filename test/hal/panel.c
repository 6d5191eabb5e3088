/*
 * QEMU's panel as plain memory at its addresses: what the driver writes into registers and frame buffer. Prints what
 * came of it as JSON.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "commodettoPixelsOut.h"
#include "xsmc.h"

enum { Width = 320, Height = 240, Page = 4096 };

void xs_emulator_panel(xsMachine *the);
void xs_emulator_panel_begin(xsMachine *the);
void xs_emulator_panel_send(xsMachine *the);
void xs_emulator_panel_end(xsMachine *the);
void xs_emulator_panel_width(xsMachine *the);
void xs_emulator_panel_height(xsMachine *the);
void xs_emulator_panel_format(xsMachine *the);
void xs_emulator_panel_destructor(void *data);

xsSlot xsGlobal, xsThis, xsResult;

static uint16_t *const pixels = (uint16_t *)0x20000000u;
static uint32_t *const registers = (uint32_t *)0x21000000u;
static uint32_t *const origin = (uint32_t *)0x600263F8u;
static xsSlot arguments[4];
static int integer;
static void *host_data;
static uint16_t buffer[Width * 4];
static jmp_buf thrown;

xsSlot *xs_argument(int index) {
    return &arguments[index];
}

void xs_unknown_error(const char *text) {
    (void)text;
    longjmp(thrown, 1);
}

void xs_set_host_data(void *data) {
    host_data = data;
}

void *xs_host_data(void) {
    return host_data;
}

void xs_buffer(void **data, xsUnsignedValue *size) {
    *data = buffer;
    *size = sizeof(buffer);
}

void xs_set_integer(int value) {
    integer = value;
}

static void *map(uintptr_t address, size_t size) {
    void *at =
        mmap((void *)address, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

    if (at == MAP_FAILED)
        exit(3);
    return at;
}

/* False when it throws. */
static int works(void (*native)(xsMachine *), int a, int b, int c, int d) {
    arguments[0].value = a;
    arguments[1].value = b;
    arguments[2].value = c;
    arguments[3].value = d;
    if (setjmp(thrown))
        return 0;
    native(NULL);
    return 1;
}

static int get(void (*native)(xsMachine *)) {
    works(native, 0, 0, 0, 0);
    return integer;
}

/* Pixels that are not black: how many, and the bounds of them. */
static void print_bounds(const char *name) {
    int count = 0, left = Width, top = Height, right = -1, bottom = -1;

    for (int y = 0; y < Height; y++)
        for (int x = 0; x < Width; x++)
            if (pixels[y * Width + x]) {
                count++;
                left = x < left ? x : left;
                right = x > right ? x : right;
                top = y < top ? y : top;
                bottom = y > bottom ? y : bottom;
            }
    printf(",\"%s\":[%d,%d,%d,%d,%d]", name, count, left, top, right, bottom);
}

int main(void) {
    map(0x20000000u, Width * Height * 2 + Page);
    map(0x21000000u, Page);
    map(0x60026000u, Page);
    printf("{\"elsewhere\":%d", works(xs_emulator_panel, 0, 0, 0, 0));
    *origin = 0x51454D55u;
    memset(pixels, 0x55, Width * Height * 2);
    printf(",\"made\":%d", works(xs_emulator_panel, 0, 0, 0, 0));
    printf(",\"registers\":[%u,%u,%u,%u,%u,%u]", registers[1], registers[2], registers[3], registers[4], registers[5],
           registers[6]);
    printf(",\"size\":[%d,%d,%d]", get(xs_emulator_panel_width), get(xs_emulator_panel_height),
           get(xs_emulator_panel_format));
    print_bounds("black");

    /* 3 x 2 pixels at the lower right, in two pieces that end in the middle of a row */
    for (int i = 0; i < 6; i++)
        buffer[i] = (uint16_t)(0x100 + i);
    registers[5] = 0;
    works(xs_emulator_panel_begin, 317, 238, 3, 2);
    works(xs_emulator_panel_send, 0, 0, 8, 0);
    works(xs_emulator_panel_send, 0, 8, 4, 0);
    unsigned early = registers[5];
    works(xs_emulator_panel_end, 0, 0, 0, 0);
    print_bounds("area");
    printf(",\"rows\":[%d,%d,%d,%d]", pixels[238 * Width + 317], pixels[238 * Width + 319], pixels[239 * Width + 317],
           pixels[239 * Width + 319]);
    printf(",\"update\":[%u,%u]", early, registers[5]);

    /* the renderer calls C by itself, with negative counts where it need not wait */
    PixelsOutDispatch dispatch = *(PixelsOutDispatch *)host_data;
    memset(pixels, 0, Width * Height * 2);
    memset(buffer, 0xFF, sizeof(buffer));
    dispatch->doBegin(host_data, 0, 100, Width, 2);
    dispatch->doSend(buffer, -(int)(Width * 2), host_data);
    dispatch->doSend(buffer, Width * 2, host_data);
    registers[5] = 0;
    dispatch->doContinue(host_data);
    print_bounds("lines");
    printf(",\"continued\":%u", registers[5]);

    /* more than fits, and pixels that are not there */
    dispatch->doBegin(host_data, 0, 239, Width, 1);
    dispatch->doSend(buffer, Width * 4, host_data);
    printf(",\"beyond\":%d", pixels[Width * Height]);
    printf(",\"refused\":[%d,%d,%d]", works(xs_emulator_panel_send, 0, -2, 4, 0),
           works(xs_emulator_panel_send, 0, 0, sizeof(buffer) + 2, 0),
           works(xs_emulator_panel_send, 0, sizeof(buffer), 2, 0));
    xs_emulator_panel_destructor(host_data);
    printf("}\n");
    return 0;
}
