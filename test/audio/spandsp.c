/*
 * spandsp's G.711 and concealment; see spandsp.h.
 */
#include "spandsp.h"

#include <dlfcn.h>
#include <spandsp.h>
#include <stdio.h>
#include <string.h>

static int (*encode)(g711_state_t *, uint8_t *, const int16_t *, int);
static int (*decode)(g711_state_t *, int16_t *, const uint8_t *, int);
static g711_state_t *state;
static int (*hear)(plc_state_t *, int16_t *, int);
static int (*make)(plc_state_t *, int16_t *, int);
static plc_state_t *concealment;

/* ISO C has no conversion from an object's address to a function's. */
static bool find(void *library, const char *name, void *function) {
    void *symbol = dlsym(library, name);

    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static void *load(void) {
    static void *library;

    if (!library)
        library = dlopen("libspandsp.so", RTLD_NOW | RTLD_LOCAL);
    return library;
}

bool codec_open(void) {
    g711_state_t *(*init)(g711_state_t *, int) = NULL;
    void *library = load();

    if (!library || !find(library, "g711_init", &init) || !find(library, "g711_encode", &encode) ||
        !find(library, "g711_decode", &decode)) {
        fprintf(stderr, "spandsp: %s\n", dlerror());
        return false;
    }
    state = init(NULL, G711_ULAW);
    return state != NULL;
}

bool concealment_open(void) {
    static plc_state_t kept;
    plc_state_t *(*init)(plc_state_t *) = NULL;
    void *library = load();

    if (!library || !find(library, "plc_init", &init) || !find(library, "plc_rx", &hear) ||
        !find(library, "plc_fillin", &make)) {
        fprintf(stderr, "spandsp: %s\n", dlerror());
        return false;
    }
    concealment = init(&kept);
    return true;
}

void concealment_hear(int16_t *samples, uint32_t count) {
    hear(concealment, samples, (int)count);
}

void concealment_fill(int16_t *samples, uint32_t count) {
    make(concealment, samples, (int)count);
}

void codec_frame(const int16_t samples[PIPELINE_FRAME], int16_t decoded[PIPELINE_FRAME]) {
    uint8_t codes[PIPELINE_FRAME];

    encode(state, codes, samples, PIPELINE_FRAME);
    decode(state, decoded, codes, PIPELINE_FRAME);
}
