/*
 * Pictures of services for the control channel: as PNG files, which a panel's page can show as they are.
 */
#include "control.h"
#include "host.h"
#include "picture_store.h"
#include "png_writer.h"

/* A multiple of three octets, so that only the last piece has its end filled up. */
enum { Piece = 768 };

static void write_file(const struct picture *picture) {
    struct png_writer *writer = png_writer_open(picture->width, picture->height);
    uint8_t piece[Piece];
    size_t filled = 0;

    for (unsigned row = 0; writer;) {
        size_t count = png_writer_read(writer, piece + filled, sizeof(piece) - filled);

        filled += count;
        if (filled == sizeof(piece)) {
            control_base64(piece, filled);
            filled = 0;
        } else if (count == 0 && png_writer_wants(writer)) {
            png_writer_row(writer, picture->pixels + (size_t)row++ * picture->width);
        } else if (count == 0) {
            break;
        }
    }
    control_base64(piece, filled);
    png_writer_close(writer);
}

/* (place): a line with the picture that is kept there; one without an image for none. */
void xs_picture_line(xsMachine *the) {
    xsIntegerValue place = xsmcToInteger(xsArg(0));
    const struct picture *picture = place < 0 ? NULL : picture_store_get((unsigned)place);

    control_field("{\"type\":\"picture\",\"place\":", (long)place);
    control_field(",\"width\":", picture ? picture->width : 0);
    control_field(",\"height\":", picture ? picture->height : 0);
    control_field(",\"fileWidth\":", picture ? picture->file_width : 0);
    control_field(",\"fileHeight\":", picture ? picture->file_height : 0);
    control_text(",\"image\":\"");
    if (picture) {
        control_text("data:image/png;base64,");
        write_file(picture);
    }
    control_text("\"}");
    control_end();
}
