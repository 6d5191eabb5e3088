/*
 * Microphone and speaker of the host body; see host_sound.h.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host_sound.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Where a browser's clock runs faster than ours: beyond 200 ms kept waiting, all but 40 ms is thrown away. In frames.
 */
#define WAITING_MOST 20
#define WAITING_KEPT 4

static size_t octets_of(const struct sound *sound) {
    return sound->frame * sizeof(int16_t);
}

/* The whole of a text as a number within bounds, or -1. */
static long number(const char *text, long least, long most) {
    char *end;
    long value = strtol(text, &end, 10);

    return *text >= '0' && *text <= '9' && *end == 0 && value >= least && value <= most ? value : -1;
}

static bool open_descriptor(struct sound *sound, const char *word, uint32_t rate, char error[SOUND_ERROR]) {
    const char *text = strchr(word, ':') + 1;
    long descriptor = number(text, 0, 1 << 20);
    struct stat status;

    if (descriptor < 0 || fcntl((int)descriptor, F_GETFD) < 0) {
        snprintf(error, SOUND_ERROR, "%s: no open file descriptor", word);
        return false;
    }
    /* Sockets are told with every call; a pipe has to be told once. */
    if (fstat((int)descriptor, &status) == 0 && S_ISFIFO(status.st_mode))
        fcntl((int)descriptor, F_SETFL, fcntl((int)descriptor, F_GETFL) | O_NONBLOCK);
    *sound = (struct sound){.kind = SOUND_DESCRIPTOR, .frame = rate / 100, .descriptor = (int)descriptor};
    return true;
}

bool sound_open_microphone(struct sound *sound, const char *word, uint32_t rate, char error[SOUND_ERROR]) {
    uint32_t frame = rate / 100;

    if (strcmp(word, "silence") == 0) {
        *sound = (struct sound){.kind = SOUND_SILENCE, .frame = frame};
        return true;
    }
    if (strcmp(word, "tone") == 0 || strncmp(word, "tone:", 5) == 0) {
        long most = (long)rate / 2 - 1, frequency = word[4] ? number(word + 5, 1, most) : 1004;

        if (frequency < 0) {
            snprintf(error, SOUND_ERROR, "%s: a frequency from 1 to %ld Hz expected", word, most);
            return false;
        }
        *sound = (struct sound){
            .kind = SOUND_TONE, .frame = frame, .increment = (uint32_t)(frequency * (4294967296.0 / rate))};
        return true;
    }
    if (strncmp(word, "wav:", 4) == 0) {
        struct sound opened = {.kind = SOUND_WAV, .frame = frame};

        if (!wav_read(&opened.reader, word + 4, rate, error, SOUND_ERROR))
            return false;
        *sound = opened;
        return true;
    }
    if (strncmp(word, "fd:", 3) == 0)
        return open_descriptor(sound, word, rate, error);
    if (strncmp(word, "queue:", 6) == 0 || strncmp(word, "clock:", 6) == 0) {
        if (!open_descriptor(sound, word, rate, error))
            return false;
        sound->patient = true;
        sound->paces = *word == 'c';
        return true;
    }
    snprintf(error, SOUND_ERROR, "%s: silence, tone[:HZ], wav:FILE, fd:N, queue:N or clock:N expected", word);
    return false;
}

bool sound_open_speaker(struct sound *sound, const char *word, uint32_t rate, char error[SOUND_ERROR]) {
    uint32_t frame = rate / 100;

    if (strcmp(word, "null") == 0 || strcmp(word, "silence") == 0) {
        *sound = (struct sound){.kind = SOUND_SILENCE, .frame = frame};
        return true;
    }
    if (strncmp(word, "wav:", 4) == 0) {
        struct sound opened = {.kind = SOUND_WAV, .frame = frame};

        if (!wav_create(&opened.writer, word + 4, rate, error, SOUND_ERROR))
            return false;
        *sound = opened;
        return true;
    }
    if (strncmp(word, "fd:", 3) == 0)
        return open_descriptor(sound, word, rate, error);
    snprintf(error, SOUND_ERROR, "%s: null, wav:FILE or fd:N expected", word);
    return false;
}

void sound_close(struct sound *sound) {
    if (sound->reader.samples)
        wav_free(&sound->reader);
    else if (sound->kind == SOUND_WAV)
        wav_close(&sound->writer);
    *sound = (struct sound){.kind = SOUND_SILENCE, .frame = sound->frame};
}

/* Reads without blocking, whatever kind of file it is and whoever shares it. */
static ssize_t read_now(int descriptor, void *data, size_t size) {
    int waiting = 0;
    ssize_t count = recv(descriptor, data, size, MSG_DONTWAIT);

    if (count < 0 && errno == ENOTSOCK)
        return ioctl(descriptor, FIONREAD, &waiting) == 0 && waiting > 0 ? read(descriptor, data, size) : -1;
    return count;
}

static void throw_away(struct sound *sound, int octets) {
    uint8_t waste[PIPELINE_FRAME_MOST * 2];
    int frame = (int)octets_of(sound);

    /* Whole frames only, so that samples stay samples. */
    for (octets -= octets % frame; octets > 0;) {
        ssize_t count = read_now(sound->descriptor, waste, (size_t)(octets < frame ? octets : frame));

        if (count <= 0)
            return;
        octets -= (int)count;
    }
}

static int waiting(int descriptor) {
    int octets = 0;

    return ioctl(descriptor, FIONREAD, &octets) == 0 ? octets : 0;
}

void sound_rewind(struct sound *sound) {
    sound->reader.position = 0;
    if (sound->kind == SOUND_DESCRIPTOR && !sound->paces)
        throw_away(sound, waiting(sound->descriptor));
}

bool sound_await(int descriptor, uint32_t frame) {
    struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
    const struct timespec moment = {.tv_nsec = 1000000};

    poll(&wanted, 1, 100);
    if (waiting(descriptor) >= (int)(frame * sizeof(int16_t)))
        return true;
    /* A part of a frame, or an end, would wake it at once again. */
    if (wanted.revents != 0)
        nanosleep(&moment, NULL);
    return false;
}

static void read_descriptor(struct sound *sound, int16_t *frame) {
    size_t size = octets_of(sound);
    int octets = sound->patient ? 0 : waiting(sound->descriptor);

    if (octets > WAITING_MOST * (int)size)
        throw_away(sound, octets - WAITING_KEPT * (int)size);

    ssize_t count = read_now(sound->descriptor, sound->pending + sound->pending_octets, size - sound->pending_octets);

    if (count > 0)
        sound->pending_octets += (size_t)count;
    memset(frame, 0, size);
    if (sound->pending_octets < size)
        return;
    for (size_t i = 0; i < sound->frame; i++)
        frame[i] = (int16_t)(sound->pending[i * 2] | sound->pending[i * 2 + 1] << 8);
    sound->pending_octets = 0;
}

void sound_read(struct sound *sound, int16_t frame[PIPELINE_FRAME_MOST]) {
    size_t size = sound->frame, count = 0;

    switch (sound->kind) {
    case SOUND_SILENCE:
        break;
    case SOUND_TONE:
        /* -13 dBm0. */
        for (; count < size; count++, sound->phase += sound->increment)
            frame[count] = (int16_t)lrint(5072 * sin(sound->phase * (6.283185307179586 / 4294967296.0)));
        return;
    case SOUND_WAV:
        count = sound->reader.count - sound->reader.position;
        count = count < size ? count : size;
        memcpy(frame, sound->reader.samples + sound->reader.position, count * sizeof *frame);
        sound->reader.position += count;
        break;
    case SOUND_DESCRIPTOR:
        read_descriptor(sound, frame);
        return;
    }
    memset(frame + count, 0, (size - count) * sizeof *frame);
}

static ssize_t write_now(int descriptor, const void *data, size_t size) {
    ssize_t count = send(descriptor, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);

    /* A pipe; made non-blocking when it was opened. */
    return count < 0 && errno == ENOTSOCK ? write(descriptor, data, size) : count;
}

static void write_descriptor(struct sound *sound, const int16_t *frame) {
    size_t size = octets_of(sound);
    ssize_t count;

    if (sound->pending_octets > 0) {
        count = write_now(sound->descriptor, sound->pending + size - sound->pending_octets, sound->pending_octets);
        if (count > 0)
            sound->pending_octets -= (size_t)count;
        if (sound->pending_octets > 0)
            return;
    }
    for (size_t i = 0; i < sound->frame; i++) {
        sound->pending[i * 2] = (uint8_t)frame[i];
        sound->pending[i * 2 + 1] = (uint8_t)((uint16_t)frame[i] >> 8);
    }
    count = write_now(sound->descriptor, sound->pending, size);
    /* A frame begun must be finished later, one refused whole is lost. */
    sound->pending_octets = count > 0 ? size - (size_t)count : 0;
}

void sound_write(struct sound *sound, const int16_t frame[PIPELINE_FRAME_MOST]) {
    if (sound->kind == SOUND_WAV)
        wav_append(&sound->writer, frame, sound->frame);
    else if (sound->kind == SOUND_DESCRIPTOR)
        write_descriptor(sound, frame);
}
