/*
 * WAV files of 16-bit PCM: read whole into mono of a rate, written as mono of a rate with a header that is right at all
 * times.
 */
#ifndef LINNET_AUDIO_WAV_H
#define LINNET_AUDIO_WAV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wav_reader {
    int16_t *samples;
    size_t count;
    size_t position;
};

struct wav_writer {
    int descriptor;
    uint32_t octets;
    uint32_t unannounced;
};

/* Reads PCM of 16 bits, any rate from 8,000 to 192,000 Hz, up to 8 channels, as sound of `rate` samples a second; false
 * and a message when that fails. */
bool wav_read(struct wav_reader *reader, const char *file, uint32_t rate, char *error, size_t size);
void wav_free(struct wav_reader *reader);

/* Creates a file of `rate` samples a second, 8000 or 16000; false and a message when that fails. */
bool wav_create(struct wav_writer *writer, const char *file, uint32_t rate, char *error, size_t size);
/* Appends samples; false when the disk refuses. */
bool wav_append(struct wav_writer *writer, const int16_t *samples, size_t count);
void wav_close(struct wav_writer *writer);

#endif
