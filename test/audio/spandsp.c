/*
 * spandsp's G.711; see spandsp.h.
 */
#include "spandsp.h"

#include <dlfcn.h>
#include <spandsp.h>
#include <stdio.h>
#include <string.h>

static int (*encode)(g711_state_t *, uint8_t *, const int16_t *, int);
static int (*decode)(g711_state_t *, int16_t *, const uint8_t *, int);
static g711_state_t *state;

/* ISO C has no conversion from an object's address to a function's. */
static bool find(void *library, const char *name, void *function) {
    void *symbol = dlsym(library, name);

    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

bool codec_open(void) {
    g711_state_t *(*init)(g711_state_t *, int) = NULL;
    void *library = dlopen("libspandsp.so", RTLD_NOW | RTLD_LOCAL);

    if (!library || !find(library, "g711_init", &init) || !find(library, "g711_encode", &encode) ||
        !find(library, "g711_decode", &decode)) {
        fprintf(stderr, "spandsp: %s\n", dlerror());
        return false;
    }
    state = init(NULL, G711_ULAW);
    return state != NULL;
}

void codec_frame(const int16_t samples[PIPELINE_FRAME], int16_t decoded[PIPELINE_FRAME]) {
    uint8_t codes[PIPELINE_FRAME];

    encode(state, codes, samples, PIPELINE_FRAME);
    decode(state, decoded, codes, PIPELINE_FRAME);
}
