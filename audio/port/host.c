/*
 * Port of the host body: a thread with its own clock calls the tick every 10 ms while there is anything to play or send
 * and sleeps otherwise. A mutex, never held while waiting, keeps the tick and the phone's calls apart. The sockets are
 * in host_link.c, microphone and speaker in host_sound.c.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host.h"
#include "host_link.h"
#include "host_sound.h"
#include "../pipeline.h"
#include "../port.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define TICK 10000000ll
/* After standing still for longer than this the clock begins anew; shorter gaps are made up for tick by tick. */
#define STALL_MOST (20 * TICK)

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    pthread_cond_t spoken;
    pthread_t thread;
    bool running;
    bool quit;
    /* The thread is writing to the speaker, which must stay until `spoken`. */
    bool speaking;
    /* Whether the last tick sent microphone sound. */
    bool transmitting;
    uint32_t ticks;
    uint32_t address;
    uint32_t next_port;
    /* Closed while neither direction is open. */
    struct link links[PIPELINE_STREAMS];
    struct sound microphone;
    struct sound speaker;
    struct pipeline pipeline;
    /* The pipeline plays it from here. */
    uint8_t ring_file[TONE_FILE_MOST];
} host = {.mutex = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER, .spoken = PTHREAD_COND_INITIALIZER};

static int64_t nanoseconds(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void lock(void) {
    pthread_mutex_lock(&host.mutex);
}

static void unlock(void) {
    pthread_mutex_unlock(&host.mutex);
}

/* One tick, the mutex held; the speaker frame is written by the caller, because a disk may take its time. */
static void tick(int16_t *speaker) {
    int16_t mic[PIPELINE_FRAME] = {0};
    bool transmitting = pipeline_transmitting(&host.pipeline);

    if (transmitting && !host.transmitting)
        sound_rewind(&host.microphone);
    host.transmitting = transmitting;
    if (transmitting)
        sound_read(&host.microphone, mic);
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        if (host.pipeline.streams[i].receiver.open)
            link_receive(&host.links[i], &host.pipeline.streams[i].received);
    }
    pipeline_tick(&host.pipeline, mic, speaker);
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++)
        link_send(&host.links[i], &host.pipeline.streams[i].sent);
    host.ticks++;
}

/* Sleeps until the next tick is due; after a stall the ticks missed are made up for at once. */
static void sleep_until_due(int64_t *due) {
    int64_t now = nanoseconds();

    if (*due == 0 || now - *due > STALL_MOST)
        *due = now;
    *due += TICK;

    struct timespec until = {.tv_sec = *due / 1000000000, .tv_nsec = *due % 1000000000};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
    }
}

static void *run(void *unused) {
    int16_t speaker[PIPELINE_FRAME];
    int64_t due = 0;

    (void)unused;
    lock();
    while (!host.quit) {
        if (!pipeline_active(&host.pipeline)) {
            host.transmitting = false;
            due = 0;
            pthread_cond_wait(&host.wake, &host.mutex);
            continue;
        }
        unlock();
        sleep_until_due(&due);
        lock();
        tick(speaker);
        host.speaking = true;
        unlock();
        sound_write(&host.speaker, speaker);
        lock();
        host.speaking = false;
        pthread_cond_broadcast(&host.spoken);
    }
    unlock();
    return NULL;
}

bool audio_port_start(void) {
    pthread_attr_t attributes;
    struct sched_param priority = {.sched_priority = sched_get_priority_min(SCHED_RR)};
    sigset_t all, before;

    if (host.running)
        return true;
    pipeline_reset(&host.pipeline);
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++)
        link_reset(&host.links[i]);
    if (getrandom(&host.next_port, sizeof host.next_port, 0) < 0)
        return false;
    host.quit = false;

    /* Signals are the main thread's. Real time where the system grants it: a late tick is heard. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_init(&attributes);
    pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
    pthread_attr_setschedpolicy(&attributes, SCHED_RR);
    pthread_attr_setschedparam(&attributes, &priority);
    host.running =
        pthread_create(&host.thread, &attributes, run, NULL) == 0 || pthread_create(&host.thread, NULL, run, NULL) == 0;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return host.running;
}

void audio_port_stop(void) {
    if (!host.running)
        return;
    lock();
    host.quit = true;
    pthread_cond_signal(&host.wake);
    unlock();
    pthread_join(host.thread, NULL);
    host.running = false;
    echo_close(host.pipeline.echo);
    pipeline_set_echo(&host.pipeline, NULL);
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++)
        link_close(&host.links[i]);
    sound_close(&host.microphone);
    sound_close(&host.speaker);
}

static bool open_link(uint32_t stream) {
    return link_open(&host.links[stream], host.address, &host.next_port, host.pipeline.reports);
}

/* The socket goes when neither direction needs it. */
static void close_unused(uint32_t stream) {
    if (!host.pipeline.streams[stream].receiver.open && !host.pipeline.streams[stream].transmitter.open)
        link_close(&host.links[stream]);
}

uint16_t audio_port_open_receive(uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    uint16_t port = 0;

    if (stream >= PIPELINE_STREAMS)
        return 0;
    lock();
    if (open_link(stream)) {
        if (pipeline_open_receive(&host.pipeline, stream, payload_type, packet_time)) {
            /* What came before the stream was opened is none of its sound. */
            link_flush(&host.links[stream]);
            port = host.links[stream].port;
        }
        close_unused(stream);
    }
    pthread_cond_signal(&host.wake);
    unlock();
    return port;
}

bool audio_port_open_multicast(uint32_t stream, uint32_t address, uint32_t port, uint32_t payload_type,
                               uint32_t packet_time) {
    bool opened = false;

    if (stream >= PIPELINE_STREAMS || address >> 28 != 14 || port == 0 || port > UINT16_MAX)
        return false;
    lock();
    /* The socket of a stream that is open belongs to its call. */
    if (host.links[stream].socket < 0) {
        if (link_join(&host.links[stream], host.address, address, port))
            opened = pipeline_open_receive(&host.pipeline, stream, payload_type, packet_time);
        close_unused(stream);
    }
    pthread_cond_signal(&host.wake);
    unlock();
    return opened;
}

void audio_port_close_receive(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return;
    lock();
    pipeline_close_receive(&host.pipeline, stream);
    close_unused(stream);
    unlock();
}

/* What is sent at the end still goes to whom it went to before. */
static void stop_transmit(uint32_t stream) {
    pipeline_stop_transmit(&host.pipeline, stream);
    if (host.links[stream].socket >= 0)
        link_send(&host.links[stream], &host.pipeline.streams[stream].sent);
    pipeline_set_peer(&host.pipeline, stream, 0, 0);
}

void audio_port_receive_events(uint32_t stream, uint32_t payload_type) {
    lock();
    pipeline_receive_events(&host.pipeline, stream, payload_type);
    unlock();
}

bool audio_port_start_transmit(uint32_t stream, uint32_t address, uint32_t port, uint32_t payload_type,
                               uint32_t packet_time, uint32_t tos) {
    bool started = false;
    uint32_t seed[3];

    if (stream >= PIPELINE_STREAMS || address == 0 || port == 0 || port > UINT16_MAX ||
        getrandom(seed, sizeof seed, 0) < 0)
        return false;
    lock();
    if (open_link(stream)) {
        stop_transmit(stream);
        link_set_peer(&host.links[stream], address, port, tos);
        started = pipeline_start_transmit(&host.pipeline, stream, payload_type, packet_time, seed);
        if (started)
            pipeline_set_peer(&host.pipeline, stream, address, port);
        close_unused(stream);
    }
    pthread_cond_signal(&host.wake);
    unlock();
    return started;
}

void audio_port_stop_transmit(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return;
    lock();
    stop_transmit(stream);
    close_unused(stream);
    unlock();
}

void audio_port_set_transmit(uint32_t stream, bool suppress, uint32_t event_type) {
    lock();
    pipeline_set_transmit(&host.pipeline, stream, suppress, event_type);
    unlock();
}

bool audio_port_send_event(uint32_t stream, uint32_t event, uint32_t milliseconds) {
    lock();
    bool queued = pipeline_send_event(&host.pipeline, stream, event, milliseconds);
    unlock();
    return queued;
}

void audio_port_set_reports(bool reports) {
    lock();
    pipeline_set_reports(&host.pipeline, reports);
    unlock();
}

void audio_port_start_tone(uint32_t id, uint32_t direction) {
    lock();
    pipeline_start_tone(&host.pipeline, id, direction);
    pthread_cond_signal(&host.wake);
    unlock();
}

void audio_port_stop_tone(void) {
    lock();
    pipeline_stop_tone(&host.pipeline);
    unlock();
}

void audio_port_ring(uint32_t mode, bool once) {
    lock();
    pipeline_ring(&host.pipeline, mode, once);
    pthread_cond_signal(&host.wake);
    unlock();
}

void audio_port_set_locale(uint32_t locale) {
    lock();
    pipeline_set_locale(&host.pipeline, locale);
    unlock();
}

void audio_port_key_tone(uint32_t event) {
    lock();
    pipeline_key_tone(&host.pipeline, event);
    pthread_cond_signal(&host.wake);
    unlock();
}

void audio_port_set_bell(uint32_t bell) {
    lock();
    pipeline_set_bell(&host.pipeline, bell);
    unlock();
}

bool audio_port_set_ring_file(const uint8_t *codes, uint32_t count) {
    if (!tone_file_fits(count))
        return false;
    lock();
    memcpy(host.ring_file, codes, count);
    pipeline_set_ring_file(&host.pipeline, host.ring_file, count);
    unlock();
    return true;
}

void audio_port_set_route(uint32_t route) {
    lock();
    pipeline_set_route(&host.pipeline, route);
    unlock();
}

void audio_port_set_mute(bool muted) {
    lock();
    pipeline_set_mute(&host.pipeline, muted);
    unlock();
}

void audio_port_set_volume(uint32_t route, uint32_t step) {
    lock();
    pipeline_set_volume(&host.pipeline, route, step);
    unlock();
}

void audio_port_statistics(uint32_t stream, uint32_t *counters, uint32_t count) {
    lock();
    for (uint32_t i = 0; i < count; i++)
        counters[i] = stream < PIPELINE_STREAMS && i < STATISTIC_COUNT ? host.pipeline.streams[stream].counters[i] : 0;
    unlock();
}

bool audio_host_microphone(const char *word, char error[AUDIO_HOST_ERROR]) {
    struct sound opened;

    if (!sound_open_microphone(&opened, word, error))
        return false;
    lock();
    sound_close(&host.microphone);
    host.microphone = opened;
    unlock();
    return true;
}

bool audio_host_speaker(const char *word, char error[AUDIO_HOST_ERROR]) {
    struct sound opened;

    if (!sound_open_speaker(&opened, word, error))
        return false;
    lock();
    while (host.speaking)
        pthread_cond_wait(&host.spoken, &host.mutex);
    sound_close(&host.speaker);
    host.speaker = opened;
    unlock();
    return true;
}

void audio_host_address(uint32_t address) {
    lock();
    host.address = address;
    unlock();
}

bool audio_host_echo(uint32_t delay) {
    struct echo *echo = echo_open(delay), *before;

    if (!echo)
        return false;
    lock();
    before = host.pipeline.echo;
    pipeline_set_echo(&host.pipeline, echo);
    unlock();
    echo_close(before);
    return true;
}

uint32_t audio_host_ticks(void) {
    lock();
    uint32_t ticks = host.ticks;
    unlock();
    return ticks;
}

uint32_t audio_host_open(uint32_t stream) {
    uint32_t open = 0;

    if (stream >= PIPELINE_STREAMS)
        return 0;
    lock();
    open = host.pipeline.streams[stream].receiver.open | host.pipeline.streams[stream].transmitter.open << 1;
    unlock();
    return open;
}
