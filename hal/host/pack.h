/*
 * The content of a load for the host: files one behind the other, as they are, after a list of them. The list is lines
 * of text: "linnet-pack 1", then size in octets and path of each file with a space between, then an empty line. Paths
 * are relative, of letters, digits and `._-`, with `/` between, and none of their parts begins with a dot. There are
 * files only: no links, no devices, nothing that unpacks to more than came.
 */
#ifndef LINNET_PACK_H
#define LINNET_PACK_H

#include <stdbool.h>
#include <stddef.h>

enum { PACK_FILES = 1024, PACK_PATH = 128, PACK_LIST = 128 * 1024 };

struct pack_file {
    char path[PACK_PATH + 1];
    const char *octets;
    size_t size;
};

/* Takes a file; false ends the reading. */
typedef bool (*pack_taker)(void *context, const struct pack_file *file);

/*
 * Reads a pack that is whole in memory. All of it is checked before `take` is called for the first file; without `take`
 * it is only checked. Returns "" or what is wrong: a text of the program's, or "it cannot be unpacked" when `take`
 * refused.
 */
const char *pack_read(const char *octets, size_t size, pack_taker take, void *context);

#endif
