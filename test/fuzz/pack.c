/*
 * Fuzzes the reading of a pack: whatever is let through stays below its folder and within what came.
 */
#include "pack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct extent {
    const char *octets, *end;
    size_t total;
    int count;
};

static bool take(void *context, const struct pack_file *file) {
    struct extent *extent = context;

    if (file->path[0] == '/' || file->path[0] == '.' || strstr(file->path, "/.") || strstr(file->path, "//") ||
        strlen(file->path) > PACK_PATH || ++extent->count > PACK_FILES)
        abort();
    if (file->octets < extent->octets || file->size > (size_t)(extent->end - file->octets))
        abort();
    extent->total += file->size;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    /* In memory of exactly its size, so that reading beyond it is seen. */
    char *octets = malloc(size > 0 ? size : 1);
    struct extent extent = {octets, octets + size, 0, 0};

    if (!octets)
        abort();
    memcpy(octets, data, size);
    const char *problem = pack_read(octets, size, take, &extent);
    if (!problem[0] && extent.total >= size)
        abort();
    if (problem[0] && extent.count > 0)
        abort();
    free(octets);
    return 0;
}
