/*
 * The host's port under ThreadSanitizer: a call to itself on the loopback address, while the phone's side of the port
 * is used in every way at random for so many ticks. Ends with 0 when sound went both ways; the sanitizer ends it
 * otherwise.
 */
#include "pipeline.h"
#include "port.h"
#include "port/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LOOPBACK 0x7F000001u

static uint32_t state = 1;

static uint32_t below(uint32_t limit) {
    state = state * 1664525 + 1013904223;
    return (state >> 16) % limit;
}

/* One call into the port. */
static void disturb(void) {
    static const uint8_t ring[2400];
    uint32_t counters[STATISTIC_COUNT];
    uint32_t stream = below(PIPELINE_STREAMS), law = below(2) * RTP_PCMA, what = below(24);
    uint16_t port;

    switch (what) {
    case 0:
        audio_port_start_tone(below(256), below(3));
        break;
    case 1:
        audio_port_stop_tone();
        break;
    case 2:
        audio_port_ring(below(12), below(2) == 0);
        break;
    case 3:
        audio_port_set_route(below(ROUTE_COUNT));
        break;
    case 4:
        audio_port_set_mute(below(2) == 0);
        break;
    case 5:
        audio_port_set_volume(below(ROUTE_COUNT), below(25));
        break;
    case 6:
        audio_port_close_receive(stream);
        break;
    case 7:
        audio_port_stop_transmit(stream);
        break;
    case 8:
        audio_port_set_reports(below(2) == 0);
        audio_host_open(stream);
        break;
    case 9:
    case 10:
        port = audio_port_open_receive(stream, law, 20);
        if (port != 0)
            audio_port_start_transmit(stream, LOOPBACK, port, law, 20, 0xB8);
        break;
    case 11:
        audio_port_set_transmit(stream, below(2) == 0, 101);
        break;
    case 12:
        audio_port_send_event(stream, below(16), 100);
        break;
    case 13:
        audio_port_key_tone(below(16));
        break;
    case 14:
        audio_port_set_locale(below(6));
        break;
    case 15:
        audio_port_set_bell(below(4));
        break;
    case 16:
        audio_port_set_ring_file(ring, sizeof ring);
        break;
    case 17:
        audio_port_receive_events(stream, 101);
        break;
    default:
        audio_port_statistics(stream, counters, STATISTIC_COUNT);
        break;
    }
}

int main(int argc, char **argv) {
    const struct timespec pause = {.tv_nsec = 1000000};
    uint32_t ticks = argc > 1 ? (uint32_t)atoi(argv[1]) : 300;
    uint32_t counters[STATISTIC_COUNT], sent = 0, received = 0;
    char error[AUDIO_HOST_ERROR] = "";

    audio_host_address(LOOPBACK);
    if (!audio_host_microphone("tone:440", error) || !audio_host_speaker("null", error) || !audio_port_start()) {
        fprintf(stderr, "threads: the port does not start: %s\n", error);
        return 1;
    }
    /* Whatever closes, something opens or sounds again before long, so that ticks go on. Behind the pause, in which a
     * tick may fall, nothing takes the lock before the call that is tried: the sanitizer would take that for order. */
    do {
        nanosleep(&pause, NULL);
        disturb();
        for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
            audio_port_statistics(i, counters, STATISTIC_COUNT);
            sent |= counters[STATISTIC_PACKETS_SENT];
            received |= counters[STATISTIC_PACKETS_RECEIVED];
        }
    } while (audio_host_ticks() < ticks);
    audio_port_stop();
    printf("ticks %u\nsent %u\nreceived %u\n", audio_host_ticks(), sent > 0, received > 0);
    return sent > 0 && received > 0 ? 0 : 1;
}
