/*
 * Natives of screenshot.ts; see screenshot.h. There is one picture at a time.
 */
#include "screenshot.h"

#include <string.h>

#include "picture_memory.h"
#include "picture_result.h"
#include "png_writer.h"
#include "xsmc.h"

static struct {
    struct png_writer *writer;
    uint16_t *band;
    unsigned width, height, band_rows;
    /* The band: its first row, its rows, and those of them that are written. */
    unsigned top, rows, written;
} shot;

uint16_t *screenshot_row(int row) {
    if (!shot.band || row < (int)shot.top || row >= (int)(shot.top + shot.rows))
        return NULL;
    return shot.band + ((unsigned)row - shot.top) * shot.width;
}

int screenshot_width(void) {
    return shot.band ? (int)shot.width : 0;
}

static void close_shot(void) {
    png_writer_close(shot.writer);
    picture_memory_give(shot.band);
    memset(&shot, 0, sizeof(shot));
}

/* (width, height, rows of a band): false without memory, and while there is one. */
void xs_screenshot_open(xsMachine *the) {
    xsIntegerValue width = xsmcToInteger(xsArg(0)), height = xsmcToInteger(xsArg(1)), rows = xsmcToInteger(xsArg(2));

    xsmcSetFalse(xsResult);
    if (shot.band || width < 1 || width > PICTURE_MOST || height < 1 || height > PICTURE_MOST || rows < 1 ||
        rows > height)
        return;
    shot.width = (unsigned)width;
    shot.height = (unsigned)height;
    shot.band_rows = (unsigned)rows;
    shot.writer = png_writer_open(shot.width, shot.height);
    shot.band = picture_memory_take((size_t)shot.width * shot.band_rows * sizeof(uint16_t));
    if (shot.writer && shot.band)
        xsmcSetTrue(xsResult);
    else
        close_shot();
}

/* Begins the next band: its rows, 0 when all have been drawn. */
void xs_screenshot_band(xsMachine *the) {
    shot.top += shot.rows;
    shot.written = 0;
    shot.rows = shot.height - shot.top < shot.band_rows ? shot.height - shot.top : shot.band_rows;
    xsmcSetInteger(xsResult, (xsIntegerValue)shot.rows);
}

/* (target): octets of the file that follow; 0 when the band is written. */
void xs_screenshot_read(xsMachine *the) {
    void *target;
    xsUnsignedValue size;
    size_t count = 0;

    xsmcGetBufferWritable(xsArg(0), &target, &size);
    while (shot.writer && count < size) {
        size_t more = png_writer_read(shot.writer, (uint8_t *)target + count, size - count);

        count += more;
        if (more > 0)
            continue;
        if (shot.written == shot.rows || !png_writer_wants(shot.writer))
            break;
        png_writer_row(shot.writer, shot.band + (size_t)shot.written++ * shot.width);
    }
    xsmcSetInteger(xsResult, (xsIntegerValue)count);
}

void xs_screenshot_close(xsMachine *the) {
    (void)the;
    close_shot();
}
