/*
 * The host's port in a call with another program for so many seconds, for the bench with ffmpeg: prints the port it
 * listens on, sends a tone to the other's, and prints its figures at the end, one `name value` a line.
 */
#include "pipeline.h"
#include "g711.h"
#include "engine.h"
#include "port/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LOOPBACK 0x7F000001u
/* Ticks to wait for the other's first packet: half a minute. */
#define TIMEOUT 3000

static uint32_t counters[STATISTIC_COUNT];

/* Waits until so many ticks have passed, or with `received` until a packet has come. */
static void wait(uint32_t ticks, bool received) {
    const struct timespec pause = {.tv_nsec = 5000000};
    uint32_t begin = engine_ticks();

    do {
        nanosleep(&pause, NULL);
        engine_statistics(0, counters, STATISTIC_COUNT);
    } while (engine_ticks() - begin < ticks && !(received && counters[STATISTIC_PACKETS_RECEIVED] > 0));
}

/* The other's port and the seconds. */
int main(int argc, char **argv) {
    uint32_t remote = argc > 1 ? (uint32_t)atoi(argv[1]) : 0, seconds = argc > 2 ? (uint32_t)atoi(argv[2]) : 10;
    char error[AUDIO_HOST_ERROR] = "";

    audio_host_address(LOOPBACK);
    if (!audio_host_microphone("tone:600", error) || !audio_host_speaker("null", error) || !engine_start()) {
        fprintf(stderr, "peer: the port does not start: %s\n", error);
        return 1;
    }
    engine_set_route(ROUTE_HANDSET);
    printf("port %u\n", engine_open_receive(0, RTP_PCMU, 20));
    fflush(stdout);
    wait(TIMEOUT, true);
    if (counters[STATISTIC_PACKETS_RECEIVED] == 0 || !engine_start_transmit(0, LOOPBACK, remote, RTP_PCMU, 20, 0xB8)) {
        fprintf(stderr, "peer: nothing came, or the peer's port was refused\n");
        return 1;
    }
    wait(seconds * 100, false);
    engine_stop();
    printf(
        "sent %u\nreceived %u\nlost %u\nlate %u\ndiscarded %u\nconcealed %u\nplayed %u\njitter_maximum %u\ndelay %u\n"
        "mos_average %u\n",
        counters[STATISTIC_PACKETS_SENT], counters[STATISTIC_PACKETS_RECEIVED], counters[STATISTIC_PACKETS_LOST],
        counters[STATISTIC_PACKETS_LATE], counters[STATISTIC_PACKETS_DISCARDED], counters[STATISTIC_CONCEALED_FRAMES],
        counters[STATISTIC_FRAMES_PLAYED], counters[STATISTIC_JITTER_MAXIMUM], counters[STATISTIC_DELAY],
        counters[STATISTIC_MOS_AVERAGE]);
    return 0;
}
