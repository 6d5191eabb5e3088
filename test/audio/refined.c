/*
 * A microphone's refinements by themselves; see refined.h.
 */
#include "refined.h"
#include "denoise.h"
#include "level.h"

#include <stddef.h>

/* Half a second of noise that swells over a pulse of 100 Hz, and half a second of faint noise. */
static void make(uint32_t *random, uint32_t frame, uint32_t samples, int16_t *sound) {
    const int32_t count = (int32_t)(PIPELINE_FRAME * samples);
    const int32_t loud = frame % 100 < 50 ? (int32_t)(frame % 50) : 1;

    for (int32_t i = 0; i < count; i++) {
        *random = *random * 1664525u + 1013904223u;
        sound[i] = (int16_t)(((int32_t)(*random >> 21) - 1024 + (count - i) * 8000 / count) * loud / 50);
    }
}

static uint32_t digest(uint32_t hash, const int16_t *sound, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        hash = (hash ^ (uint16_t)sound[i]) * 16777619u;
    return hash;
}

struct refined refined_level(uint32_t samples, uint32_t (*counter)(void)) {
    static struct level level;
    static int16_t sound[PIPELINE_FRAME_MOST];
    struct refined result = {.digest = 2166136261u};
    uint32_t random = 1;

    level_reset(&level);
    for (uint32_t frame = 0; frame < REFINED_FRAMES; frame++) {
        make(&random, frame, samples, sound);

        uint32_t begin = counter();

        level_frame(&level, sound, PIPELINE_FRAME * samples);
        result.count += counter() - begin;
        result.digest = digest(result.digest, sound, PIPELINE_FRAME * samples);
    }
    return result;
}

struct refined refined_denoise(uint32_t samples, uint32_t (*counter)(void)) {
    static int16_t sound[PIPELINE_FRAME_MOST];
    struct refined result = {.digest = 2166136261u};
    struct denoise *denoise = denoise_open(true);
    uint32_t random = 1;

    if (!denoise)
        return (struct refined){0};
    for (uint32_t frame = 0; frame < REFINED_FRAMES; frame++) {
        make(&random, frame, samples, sound);

        uint32_t begin = counter();

        denoise_frame(denoise, sound, samples);
        result.count += counter() - begin;
        result.digest = digest(result.digest, sound, PIPELINE_FRAME * samples);
    }
    denoise_close(denoise);
    return result;
}
