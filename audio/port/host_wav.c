/*
 * WAV files; see host_wav.h. RIFF chunks as Microsoft and IBM laid them down, `fmt ` in its plain and extensible forms.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host_wav.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LEAST_RATE 8000u
#define MOST_RATE 192000u
#define LARGEST (256u << 20)
/* The header is brought up to date after so many octets: one second. */
#define ANNOUNCE 16000u

static uint32_t get32(const uint8_t *octets) {
    return octets[0] | (uint32_t)octets[1] << 8 | (uint32_t)octets[2] << 16 | (uint32_t)octets[3] << 24;
}

static uint32_t get16(const uint8_t *octets) {
    return octets[0] | (uint32_t)octets[1] << 8;
}

static void put32(uint8_t *octets, uint32_t value) {
    for (int i = 0; i < 4; i++)
        octets[i] = (uint8_t)(value >> 8 * i);
}

static uint8_t *read_file(const char *file, size_t *size, char *error, size_t error_size) {
    FILE *stream = fopen(file, "rb");
    uint8_t *octets = NULL;
    long length = -1;

    if (stream && fseek(stream, 0, SEEK_END) == 0)
        length = ftell(stream);
    if (length >= 0 && length <= (long)LARGEST && fseek(stream, 0, SEEK_SET) == 0)
        octets = malloc((size_t)length + 1);
    if (octets && fread(octets, 1, (size_t)length, stream) != (size_t)length) {
        free(octets);
        octets = NULL;
    }
    if (!octets)
        snprintf(error, error_size, "%s: %s", file,
                 length > (long)LARGEST ? "larger than 256 MB" : strerror(errno ? errno : EIO));
    else
        *size = (size_t)length;
    if (stream)
        fclose(stream);
    return octets;
}

struct format {
    const uint8_t *data;
    size_t frames;
    uint32_t channels;
    uint32_t rate;
};

/* Finds format and data; returns what is wrong, or null. */
static const char *parse(const uint8_t *octets, size_t size, struct format *format) {
    const uint8_t *fmt = NULL;

    if (size < 12 || memcmp(octets, "RIFF", 4) != 0 || memcmp(octets + 8, "WAVE", 4) != 0)
        return "no WAV file (RIFF ... WAVE expected)";
    for (size_t at = 12; size - at >= 8;) {
        const uint8_t *chunk = octets + at;
        size_t room = size - at - 8;
        size_t length = get32(chunk + 4);

        if (memcmp(chunk, "fmt ", 4) == 0 && length >= 16 && length <= room)
            fmt = chunk + 8;
        if (memcmp(chunk, "data", 4) == 0) {
            if (!fmt)
                return "sound data without a format before it";
            /* A program that was killed leaves no length or one too long. */
            if (length > room || length == 0)
                length = room;
            uint32_t tag = get16(fmt);

            if (tag == 0xFFFE && get32(fmt - 4) >= 26)
                tag = get16(fmt + 24);
            format->channels = get16(fmt + 2);
            format->rate = get32(fmt + 4);
            if (tag != 1 || get16(fmt + 14) != 16)
                return "not 16-bit PCM";
            if (format->channels < 1 || format->channels > 8)
                return "more than 8 channels, or none";
            if (format->rate < LEAST_RATE || format->rate > MOST_RATE)
                return "its rate is not between 8,000 and 192,000 Hz";
            format->data = chunk + 8;
            format->frames = length / 2 / format->channels;
            return format->frames > 0 ? NULL : "without sound";
        }
        if (length > room)
            break;
        at += 8 + length + (length & 1 && length < room);
    }
    return "without sound data";
}

/* Mean of a frame's channels. */
static int32_t mono(const struct format *format, size_t frame) {
    int32_t sum = 0;

    for (uint32_t channel = 0; channel < format->channels; channel++)
        sum += (int16_t)get16(format->data + (frame * format->channels + channel) * 2);
    return sum / (int32_t)format->channels;
}

/* Zeros of the low-pass on either side, and how much of the band of the lower rate it lets pass. */
#define ZEROS 24
#define PASSED 0.92

/* The sine of an angle that grows by the same step each time: exact enough over the few hundred taps of a sample, and
 * many times faster than sin(). */
struct turn {
    double sine, cosine, step_sine, step_cosine;
};

static struct turn turn_from(double angle, double step) {
    return (struct turn){sin(angle), cos(angle), sin(step), cos(step)};
}

static void turn_on(struct turn *turn) {
    double sine = turn->sine;

    turn->sine = sine * turn->step_cosine + turn->cosine * turn->step_sine;
    turn->cosine = turn->cosine * turn->step_cosine - sine * turn->step_sine;
}

/* The source's sound at a time in its samples, through a low-pass for the lower of two rates (a sinc under a window of
 * Hann's): `band` is that rate's part of the source's. */
static double filtered(const struct format *format, double time, double band) {
    double cut = M_PI * band * PASSED, reach = ZEROS * M_PI / cut, sum = 0, weights = 0;
    size_t frame = time > reach ? (size_t)(time - reach) + 1 : 0;
    double distance = (double)frame - time;
    struct turn wave = turn_from(cut * distance, cut), window = turn_from(M_PI * distance / reach, M_PI / reach);

    for (; frame < format->frames && (double)frame - time < reach; frame++) {
        distance = (double)frame - time;

        double weight = (fabs(distance) < 1e-9 ? cut : wave.sine / distance) * (1 + window.cosine);

        sum += weight * mono(format, frame);
        weights += weight;
        turn_on(&wave);
        turn_on(&window);
    }
    return weights > 0 ? sum / weights : 0;
}

bool wav_read(struct wav_reader *reader, const char *file, uint32_t rate, char *error, size_t size) {
    struct format format;
    size_t length = 0;

    errno = 0;

    uint8_t *octets = read_file(file, &length, error, size);

    if (!octets)
        return false;

    const char *fault = parse(octets, length, &format);

    if (fault) {
        snprintf(error, size, "%s: %s", file, fault);
        free(octets);
        return false;
    }

    size_t count = (size_t)((uint64_t)format.frames * rate / format.rate);
    int16_t *samples = malloc((count + 1) * sizeof *samples);

    if (!samples) {
        snprintf(error, size, "%s: no memory for it", file);
        free(octets);
        return false;
    }
    double step = (double)format.rate / rate, band = step > 1 ? 1 / step : 1;

    for (size_t i = 0; i < count; i++) {
        double sample = format.rate == rate ? mono(&format, i) : filtered(&format, (double)i * step, band);

        samples[i] = (int16_t)lrint(sample < INT16_MIN ? INT16_MIN : sample > INT16_MAX ? INT16_MAX : sample);
    }
    free(octets);
    reader->samples = samples;
    reader->count = count;
    reader->position = 0;
    return true;
}

void wav_free(struct wav_reader *reader) {
    free(reader->samples);
    memset(reader, 0, sizeof *reader);
}

static bool write_all(int descriptor, const void *data, size_t size) {
    const uint8_t *octets = data;

    while (size > 0) {
        ssize_t written = write(descriptor, octets, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        octets += written;
        size -= (size_t)written;
    }
    return true;
}

static bool announce(struct wav_writer *writer) {
    uint8_t field[4];

    put32(field, writer->octets + 36);
    if (pwrite(writer->descriptor, field, 4, 4) != 4)
        return false;
    put32(field, writer->octets);
    writer->unannounced = 0;
    return pwrite(writer->descriptor, field, 4, 40) == 4;
}

bool wav_create(struct wav_writer *writer, const char *file, uint32_t rate, char *error, size_t size) {
    uint8_t header[44] = {'R', 'I', 'F', 'F', 36, 0, 0,   0,   'W', 'A', 'V', 'E', 'f', 'm', 't',
                          ' ', 16,  0,   0,   0,  1, 0,   1,   0,   0,   0,   0,   0,   0,   0,
                          0,   0,   2,   0,   16, 0, 'd', 'a', 't', 'a', 0,   0,   0,   0};

    put32(header + 24, rate);
    put32(header + 28, rate * 2);

    int descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    if (descriptor < 0 || !write_all(descriptor, header, sizeof header)) {
        snprintf(error, size, "%s: %s", file, strerror(errno));
        if (descriptor >= 0)
            close(descriptor);
        return false;
    }
    *writer = (struct wav_writer){.descriptor = descriptor};
    return true;
}

bool wav_append(struct wav_writer *writer, const int16_t *samples, size_t count) {
    uint8_t octets[160];

    for (size_t done = 0; done < count;) {
        size_t part = count - done < sizeof octets / 2 ? count - done : sizeof octets / 2;

        for (size_t i = 0; i < part; i++) {
            octets[i * 2] = (uint8_t)samples[done + i];
            octets[i * 2 + 1] = (uint8_t)((uint16_t)samples[done + i] >> 8);
        }
        if (!write_all(writer->descriptor, octets, part * 2))
            return false;
        done += part;
        writer->octets += (uint32_t)(part * 2);
        writer->unannounced += (uint32_t)(part * 2);
    }
    return writer->unannounced < ANNOUNCE || announce(writer);
}

void wav_close(struct wav_writer *writer) {
    if (writer->unannounced > 0)
        announce(writer);
    close(writer->descriptor);
}
