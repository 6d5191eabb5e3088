/*
 * The host's port under ThreadSanitizer: a call to itself on the loopback address, while the phone's side of the port
 * is used in every way at random for so many ticks. Ends with 0 when sound went both ways; the sanitizer ends it
 * otherwise.
 */
#include "pipeline.h"
#include "g711.h"
#include "engine.h"
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
    static const uint16_t tones[24] = {3, 0, 0, 10, 425, 0,   0, 0, 5000, 0,    0, 0,
                                       0, 0, 0, 0,  400, 450, 0, 0, 5000, 3000, 0, 0};
    uint32_t stream = below(PIPELINE_STREAMS), law = below(2) * RTP_PCMA, what = below(25);
    uint16_t port;

    switch (what) {
    case 0:
        engine_start_tone(below(256), below(3));
        break;
    case 1:
        engine_stop_tone(below(2) == 0);
        break;
    case 2:
        engine_ring(below(12), below(2) == 0);
        break;
    case 3:
        engine_set_route(below(ROUTE_COUNT));
        break;
    case 4:
        engine_set_mute(below(2) == 0);
        break;
    case 5:
        engine_set_volume(below(ROUTE_COUNT), below(25));
        break;
    case 6:
        engine_close_receive(stream);
        break;
    case 7:
        engine_stop_transmit(stream);
        break;
    case 8:
        engine_set_reports(below(2) == 0);
        engine_directions(stream);
        break;
    case 9:
    case 10:
        port = engine_open_receive(stream, law, 20);
        if (port != 0)
            engine_start_transmit(stream, LOOPBACK, port, law, 20, 0xB8);
        break;
    case 11:
        engine_set_transmit(stream, below(2) == 0, 101);
        break;
    case 12:
        engine_send_event(stream, below(16), 100);
        break;
    case 13:
        engine_key_tone(below(16));
        break;
    case 14:
        engine_set_locale(below(100));
        break;
    case 15:
        engine_set_bell(below(4));
        break;
    case 16:
        engine_begin_ring();
        for (uint32_t part = 0; part < sizeof ring; part += 600)
            engine_ring_data(ring, 600);
        engine_end_ring();
        break;
    case 17:
        engine_receive_events(stream, 101);
        break;
    case 24:
        engine_set_tones(tones, below(3) * 12);
        break;
    case 18:
        engine_open_multicast(stream, 0xEFFF0137, 20000, law, 20);
        break;
    default:
        engine_statistics(stream, counters, STATISTIC_COUNT);
        break;
    }
}

int main(int argc, char **argv) {
    const struct timespec pause = {.tv_nsec = 1000000};
    uint32_t ticks = argc > 1 ? (uint32_t)atoi(argv[1]) : 300;
    uint32_t counters[STATISTIC_COUNT], sent = 0, received = 0;
    char error[AUDIO_HOST_ERROR] = "";

    audio_host_address(LOOPBACK);
    if (!audio_host_microphone("tone:440", error) || !audio_host_speaker("null", error) || !engine_start()) {
        fprintf(stderr, "threads: the port does not start: %s\n", error);
        return 1;
    }
    /* Whatever closes, something opens or sounds again before long, so that ticks go on. Behind the pause, in which a
     * tick may fall, nothing takes the lock before the call that is tried: the sanitizer would take that for order. */
    do {
        nanosleep(&pause, NULL);
        disturb();
        for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
            engine_statistics(i, counters, STATISTIC_COUNT);
            sent |= counters[STATISTIC_PACKETS_SENT];
            received |= counters[STATISTIC_PACKETS_RECEIVED];
        }
    } while (engine_ticks() < ticks);
    engine_stop();
    printf("ticks %u\nsent %u\nreceived %u\n", engine_ticks(), sent > 0, received > 0);
    return sent > 0 && received > 0 ? 0 : 1;
}
