/*
 * SpeexDSP for a microcontroller: integers, its own small FFT, and memory inside the chip, since the canceller reads
 * and writes all of its filter in every tick.
 */
#ifndef LINNET_SPEEXDSP_CONFIG_H
#define LINNET_SPEEXDSP_CONFIG_H

/* The SDK defines it for all that it compiles; SpeexDSP would look for a config.h that its own build would have made.
 */
#undef HAVE_CONFIG_H

#define FIXED_POINT
#define USE_KISS_FFT
#define EXPORT

/* It writes no console and ends no program: what it would complain of are arguments that echo.c does not give, and its
 * filter having been set back after nonsense. */
#define OVERRIDE_SPEEX_FATAL
#define OVERRIDE_SPEEX_WARNING
#define OVERRIDE_SPEEX_WARNING_INT
#define OVERRIDE_SPEEX_NOTIFY

static inline void _speex_fatal(const char *text, const char *file, int line) {
    (void)text;
    (void)file;
    (void)line;
}

static inline void speex_warning(const char *text) {
    (void)text;
}

static inline void speex_warning_int(const char *text, int value) {
    (void)text;
    (void)value;
}

static inline void speex_notify(const char *text) {
    (void)text;
}

#ifdef ESP_PLATFORM

#include "esp_heap_caps.h"

#define OVERRIDE_SPEEX_ALLOC

static inline void *speex_alloc(int size) {
    return heap_caps_calloc(1, (size_t)size, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
}

#endif

#endif
