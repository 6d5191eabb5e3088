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

#define FRAME_OCTETS (PIPELINE_FRAME * 2)
/* Where a browser's clock runs faster than ours: beyond 200 ms kept waiting, all but 40 ms is thrown away. */
#define WAITING_MOST (20 * FRAME_OCTETS)
#define WAITING_KEPT (4 * FRAME_OCTETS)

/* The whole of a text as a number within bounds, or -1. */
static long number(const char *text, long least, long most) {
    char *end;
    long value = strtol(text, &end, 10);

    return *text >= '0' && *text <= '9' && *end == 0 && value >= least && value <= most ? value : -1;
}

static bool open_descriptor(struct sound *sound, const char *word, char error[SOUND_ERROR]) {
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
    *sound = (struct sound){.kind = SOUND_DESCRIPTOR, .descriptor = (int)descriptor};
    return true;
}

bool sound_open_microphone(struct sound *sound, const char *word, char error[SOUND_ERROR]) {
    if (strcmp(word, "silence") == 0) {
        *sound = (struct sound){.kind = SOUND_SILENCE};
        return true;
    }
    if (strcmp(word, "tone") == 0 || strncmp(word, "tone:", 5) == 0) {
        long frequency = word[4] ? number(word + 5, 1, 3999) : 1004;

        if (frequency < 0) {
            snprintf(error, SOUND_ERROR, "%s: a frequency from 1 to 3999 Hz expected", word);
            return false;
        }
        *sound = (struct sound){.kind = SOUND_TONE, .increment = (uint32_t)(frequency * (4294967296.0 / 8000))};
        return true;
    }
    if (strncmp(word, "wav:", 4) == 0) {
        struct sound opened = {.kind = SOUND_WAV};

        if (!wav_read(&opened.reader, word + 4, error, SOUND_ERROR))
            return false;
        *sound = opened;
        return true;
    }
    if (strncmp(word, "fd:", 3) == 0)
        return open_descriptor(sound, word, error);
    if (strncmp(word, "queue:", 6) == 0 || strncmp(word, "clock:", 6) == 0) {
        if (!open_descriptor(sound, word, error))
            return false;
        sound->patient = true;
        sound->paces = *word == 'c';
        return true;
    }
    snprintf(error, SOUND_ERROR, "%s: silence, tone[:HZ], wav:FILE, fd:N, queue:N or clock:N expected", word);
    return false;
}

bool sound_open_speaker(struct sound *sound, const char *word, char error[SOUND_ERROR]) {
    if (strcmp(word, "null") == 0 || strcmp(word, "silence") == 0) {
        *sound = (struct sound){.kind = SOUND_SILENCE};
        return true;
    }
    if (strncmp(word, "wav:", 4) == 0) {
        struct sound opened = {.kind = SOUND_WAV};

        if (!wav_create(&opened.writer, word + 4, error, SOUND_ERROR))
            return false;
        *sound = opened;
        return true;
    }
    if (strncmp(word, "fd:", 3) == 0)
        return open_descriptor(sound, word, error);
    snprintf(error, SOUND_ERROR, "%s: null, wav:FILE or fd:N expected", word);
    return false;
}

void sound_close(struct sound *sound) {
    if (sound->reader.samples)
        wav_free(&sound->reader);
    else if (sound->kind == SOUND_WAV)
        wav_close(&sound->writer);
    *sound = (struct sound){.kind = SOUND_SILENCE};
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
    uint8_t waste[FRAME_OCTETS];

    /* Whole frames only, so that samples stay samples. */
    for (octets -= octets % FRAME_OCTETS; octets > 0;) {
        ssize_t count = read_now(sound->descriptor, waste, sizeof waste);

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

bool sound_await(int descriptor) {
    struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
    const struct timespec moment = {.tv_nsec = 1000000};

    poll(&wanted, 1, 100);
    if (waiting(descriptor) >= FRAME_OCTETS)
        return true;
    /* A part of a frame, or an end, would wake it at once again. */
    if (wanted.revents != 0)
        nanosleep(&moment, NULL);
    return false;
}

static void read_descriptor(struct sound *sound, int16_t frame[PIPELINE_FRAME]) {
    int octets = sound->patient ? 0 : waiting(sound->descriptor);

    if (octets > WAITING_MOST)
        throw_away(sound, octets - WAITING_KEPT);

    ssize_t count =
        read_now(sound->descriptor, sound->pending + sound->pending_octets, FRAME_OCTETS - sound->pending_octets);

    if (count > 0)
        sound->pending_octets += (size_t)count;
    memset(frame, 0, FRAME_OCTETS);
    if (sound->pending_octets < FRAME_OCTETS)
        return;
    for (size_t i = 0; i < PIPELINE_FRAME; i++)
        frame[i] = (int16_t)(sound->pending[i * 2] | sound->pending[i * 2 + 1] << 8);
    sound->pending_octets = 0;
}

void sound_read(struct sound *sound, int16_t frame[PIPELINE_FRAME]) {
    size_t count = 0;

    switch (sound->kind) {
    case SOUND_SILENCE:
        break;
    case SOUND_TONE:
        /* -13 dBm0. */
        for (; count < PIPELINE_FRAME; count++, sound->phase += sound->increment)
            frame[count] = (int16_t)lrint(5072 * sin(sound->phase * (6.283185307179586 / 4294967296.0)));
        return;
    case SOUND_WAV:
        count = sound->reader.count - sound->reader.position;
        count = count < PIPELINE_FRAME ? count : PIPELINE_FRAME;
        memcpy(frame, sound->reader.samples + sound->reader.position, count * sizeof *frame);
        sound->reader.position += count;
        break;
    case SOUND_DESCRIPTOR:
        read_descriptor(sound, frame);
        return;
    }
    memset(frame + count, 0, (PIPELINE_FRAME - count) * sizeof *frame);
}

static ssize_t write_now(int descriptor, const void *data, size_t size) {
    ssize_t count = send(descriptor, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);

    /* A pipe; made non-blocking when it was opened. */
    return count < 0 && errno == ENOTSOCK ? write(descriptor, data, size) : count;
}

static void write_descriptor(struct sound *sound, const int16_t frame[PIPELINE_FRAME]) {
    ssize_t count;

    if (sound->pending_octets > 0) {
        count =
            write_now(sound->descriptor, sound->pending + FRAME_OCTETS - sound->pending_octets, sound->pending_octets);
        if (count > 0)
            sound->pending_octets -= (size_t)count;
        if (sound->pending_octets > 0)
            return;
    }
    for (size_t i = 0; i < PIPELINE_FRAME; i++) {
        sound->pending[i * 2] = (uint8_t)frame[i];
        sound->pending[i * 2 + 1] = (uint8_t)((uint16_t)frame[i] >> 8);
    }
    count = write_now(sound->descriptor, sound->pending, FRAME_OCTETS);
    /* A frame begun must be finished later, one refused whole is lost. */
    sound->pending_octets = count > 0 ? FRAME_OCTETS - (size_t)count : 0;
}

void sound_write(struct sound *sound, const int16_t frame[PIPELINE_FRAME]) {
    if (sound->kind == SOUND_WAV)
        wav_append(&sound->writer, frame, PIPELINE_FRAME);
    else if (sound->kind == SOUND_DESCRIPTOR)
        write_descriptor(sound, frame);
}
