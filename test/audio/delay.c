/*
 * Delay of the host's port on a calm network: a microphone, a speaker and a far end around it, with marks in the sound.
 * A frame is written to the microphone right after a tick, as if it were spoken from then to the next tick, and a frame
 * of the speaker counts from its first sample. Prints the median time in milliseconds from the first sample of a packet
 * to the socket, and from the socket to the speaker.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "frame.h"
#include "g711.h"
#include "engine.h"
#include "port/host.h"
#include "rtp.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOOPBACK 0x7F000001u
#define MILLISECOND 1000000ll
#define PACKET 160
/* Every so many frames or packets carry a mark; longer than any delay. */
#define MARK_FRAMES 40
#define MARK_PACKETS 20
#define LOUD 16000

#define MARKS_MOST 20000

struct times {
    double milliseconds[MARKS_MOST];
    uint32_t count;
};

static int64_t now(void) {
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 * MILLISECOND + time.tv_nsec;
}

static void note(struct times *times, int64_t nanoseconds) {
    if (times->count < MARKS_MOST)
        times->milliseconds[times->count++] = (double)nanoseconds / MILLISECOND;
}

static int compare(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

static double median(struct times *times) {
    qsort(times->milliseconds, times->count, sizeof *times->milliseconds, compare);
    return times->milliseconds[times->count / 2];
}

static bool fail(const char *what) {
    fprintf(stderr, "delay: %s\n", what);
    return false;
}

static bool connect_sound(int microphone, int speaker) {
    char word[32], error[AUDIO_HOST_ERROR];

    snprintf(word, sizeof word, "fd:%d", microphone);
    if (!audio_host_microphone(word, error))
        return fail(error);
    snprintf(word, sizeof word, "fd:%d", speaker);
    return audio_host_speaker(word, error) || fail(error);
}

/* The first loud sample, or the count. */
static uint32_t loud(const int16_t *samples, uint32_t count) {
    uint32_t at = 0;

    while (at < count && abs(samples[at]) < LOUD / 2)
        at++;
    return at;
}

static void send_packet(int far, const struct sockaddr_in *to, uint32_t index) {
    uint8_t octets[RTP_HEADER + PACKET];
    int16_t sound[PACKET] = {0};

    for (uint32_t i = 0; index % MARK_PACKETS == 0 && i < PACKET; i++)
        sound[i] = LOUD;
    rtp_build(octets, RTP_PCMU, index == 0, (uint16_t)index, index * PACKET, 1);
    g711_mu_law.encode(NULL, sound, octets + RTP_HEADER, PACKET);
    sendto(far, octets, sizeof octets, 0, (const struct sockaddr *)to, sizeof *to);
}

static struct times out, in;

int main(int argc, char **argv) {
    const int64_t seconds = argc > 1 ? atoi(argv[1]) : 20;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(LOOPBACK)}, phone = at;
    socklen_t size = sizeof at;
    int microphone[2], speaker[2], far = socket(AF_INET, SOCK_DGRAM, 0);
    uint32_t frames = 0, packets = 0;
    /* When the latest marks went in; 0 once they came out. */
    int64_t spoken = 0, sent = 0;

    /* The far end and the sound around the port are to be punctual, where the system grants it: the network is calm. */
    struct sched_param priority = {.sched_priority = sched_get_priority_min(SCHED_RR)};

    (void)sched_setscheduler(0, SCHED_RR, &priority);
    audio_host_address(LOOPBACK);
    if (far < 0 || bind(far, (struct sockaddr *)&at, size) < 0 || getsockname(far, (struct sockaddr *)&at, &size) < 0 ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, microphone) < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, speaker) < 0)
        return fail("no sockets") ? 0 : 1;
    if (!engine_start() || !connect_sound(microphone[0], speaker[0]))
        return 1;
    engine_set_route(1);
    phone.sin_port = htons(engine_open_receive(0, RTP_PCMU, PACKET / 8));
    if (phone.sin_port == 0 || !engine_start_transmit(0, LOOPBACK, ntohs(at.sin_port), RTP_PCMU, PACKET / 8, 0))
        return fail("no stream") ? 0 : 1;

    /* The far end's clock is at no fixed place between the ticks. */
    int64_t begin = now(), due = begin + 13 * MILLISECOND;

    while (now() < begin + seconds * 1000 * MILLISECOND) {
        struct pollfd polled[2] = {{.fd = speaker[1], .events = POLLIN}, {.fd = far, .events = POLLIN}};
        int64_t left = due - now();
        struct timespec wait = {.tv_nsec = left > 0 ? left : 0};
        int16_t frame[PIPELINE_FRAME], heard[PACKET];
        uint8_t octets[RTP_HEADER + PACKET];

        ppoll(polled, 2, &wait, NULL);
        if (polled[0].revents && recv(speaker[1], frame, sizeof frame, MSG_WAITALL) == (ssize_t)sizeof frame) {
            int64_t time = now();
            uint32_t where = loud(frame, PIPELINE_FRAME);

            if (sent != 0 && where < PIPELINE_FRAME) {
                note(&in, time + where * MILLISECOND / 8 - sent);
                sent = 0;
            }
            /* After ticks that came late at once, sound must not queue up: a device would have lost it. */
            int waiting = 0;

            ioctl(microphone[0], FIONREAD, &waiting);
            if (waiting > 0)
                continue;
            memset(frame, 0, sizeof frame);
            if (frames % MARK_FRAMES == 0) {
                frame[0] = frame[1] = LOUD;
                spoken = time;
            }
            frames++;
            if (write(microphone[1], frame, sizeof frame) != (ssize_t)sizeof frame)
                return fail("the microphone is closed") ? 0 : 1;
        }
        if (polled[1].revents && recv(far, octets, sizeof octets, 0) == (ssize_t)sizeof octets) {
            g711_mu_law.decode(NULL, octets + RTP_HEADER, heard, PACKET);

            uint32_t where = loud(heard, PACKET);

            if (spoken != 0 && where < PACKET) {
                note(&out, now() + where * MILLISECOND / 8 - spoken);
                spoken = 0;
            }
        }
        if (now() >= due) {
            if (packets % MARK_PACKETS == 0)
                sent = due;
            send_packet(far, &phone, packets++);
            due += PACKET / 8 * MILLISECOND;
        }
    }
    engine_stop();
    if (in.count == 0 || out.count == 0)
        return fail("no mark came through") ? 0 : 1;
    printf("%.2f %.2f %u\n", median(&out), median(&in), in.count < out.count ? in.count : out.count);
    return 0;
}
