/*
 * Microphone and speaker of the host body by a word: `silence`, `tone[:HZ]`, `wav:FILE`, `fd:N`, for the microphone
 * also `queue:N` and `clock:N`, for the speaker also `null`. Sound is mono, signed 16 bit, in frames of 10 ms; it has
 * the rate that it was opened with, 8 or 16 kHz, whatever the pipeline has meanwhile. From `fd:N` sound comes as it is
 * spoken, and what has waited too long is thrown away; from `queue:N` it may come in advance. With `clock:N` there is
 * no other clock than the frames that come: each is a tick, whether anything is open or not, sent by whoever wants the
 * same sound however busy the machine is.
 */
#ifndef LINNET_AUDIO_HOST_SOUND_H
#define LINNET_AUDIO_HOST_SOUND_H

#include "../frame.h"
#include "host_wav.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for a message that says what is wrong with a word. */
#define SOUND_ERROR 256

struct sound {
    enum { SOUND_SILENCE, SOUND_TONE, SOUND_WAV, SOUND_DESCRIPTOR } kind;
    /* Samples of a frame. */
    uint32_t frame;
    int descriptor;
    /* What has waited long is played all the same. */
    bool patient;
    /* Its frames are the clock. */
    bool paces;
    /* Octets of a frame that are still to be read or written, after a short read or write. */
    uint8_t pending[PIPELINE_FRAME_MOST * 2];
    size_t pending_octets;
    uint32_t phase;
    uint32_t increment;
    struct wav_reader reader;
    struct wav_writer writer;
};

/* Opens what the word says, with 8000 or 16000 samples a second; on failure false, a message in `error`, and `sound` as
 * it was. */
bool sound_open_microphone(struct sound *sound, const char *word, uint32_t rate, char error[SOUND_ERROR]);
bool sound_open_speaker(struct sound *sound, const char *word, uint32_t rate, char error[SOUND_ERROR]);
void sound_close(struct sound *sound);

/* Transmission begins: a WAV file plays from its beginning, and what a descriptor has kept waiting is thrown away,
 * but for a microphone that paces. */
void sound_rewind(struct sound *sound);

/* Waits for the next frame of so many samples from a microphone that paces, for a tenth of a second at most; whether
 * there is one. */
bool sound_await(int descriptor, uint32_t frame);
/* Next frame of the microphone. Never blocks: what is not there is silence. */
void sound_read(struct sound *sound, int16_t frame[PIPELINE_FRAME_MOST]);
/* Next frame of the speaker. Never blocks: what is not taken is lost. */
void sound_write(struct sound *sound, const int16_t frame[PIPELINE_FRAME_MOST]);

#endif
