/*
 * Port of the host body: a thread with its own clock calls the tick every 10 ms while there is anything to play or send
 * and sleeps otherwise; where the microphone is the clock (host_sound.h), each of its frames calls one. A mutex, never
 * held while waiting, keeps the tick and the phone's calls apart. The sockets are in host_sockets.c, microphone and
 * speaker in host_sound.c.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "host.h"
#include "host_sound.h"
#include "../engine.h"
#include "../port.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define TICK 10000000ll
/* After standing still for longer than this the clock begins anew; shorter gaps are made up for tick by tick. */
#define STALL_MOST (20 * TICK)

/* Whoever sits at a PC hears himself as it is. */
const struct audio_body audio_body = {.reports = true};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    pthread_cond_t spoken;
    pthread_t thread;
    bool quit;
    /* The thread is writing to the speaker, which must stay until `spoken`. */
    bool speaking;
    /* Whether the last tick sent microphone sound. */
    bool transmitting;
    /* Real time is not wanted. */
    bool ordinary;
    /* Ticks of a microphone that paces are the time, in samples at 8 kHz. */
    uint32_t samples;
    /* Samples a second of microphone and speaker. */
    uint32_t rate;
    struct sound microphone;
    struct sound speaker;
} host = {.rate = 8000,
          .mutex = PTHREAD_MUTEX_INITIALIZER,
          .wake = PTHREAD_COND_INITIALIZER,
          .spoken = PTHREAD_COND_INITIALIZER};

static int64_t nanoseconds(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void audio_port_lock(void) {
    pthread_mutex_lock(&host.mutex);
}

void audio_port_unlock(void) {
    pthread_mutex_unlock(&host.mutex);
}

void audio_port_wake(void) {
    pthread_cond_signal(&host.wake);
}

bool audio_port_random(uint32_t *words, uint32_t count) {
    return getrandom(words, count * sizeof *words, 0) == (ssize_t)(count * sizeof *words);
}

void *audio_port_memory(uint32_t octets) {
    return malloc(octets);
}

void *audio_port_spare_memory(uint32_t octets) {
    return audio_port_memory(octets);
}

/* One tick, the mutex held; the speaker frame is written by the caller, because a disk may take its time. */
static void tick(int16_t *speaker) {
    int16_t mic[PIPELINE_FRAME_MOST] = {0};
    bool transmitting = engine_transmitting();

    if (transmitting && !host.transmitting)
        sound_rewind(&host.microphone);
    host.transmitting = transmitting;
    if (transmitting || host.microphone.paces)
        sound_read(&host.microphone, mic);
    engine_set_rate(host.rate / 1000);
    engine_tick(mic, speaker);
    host.samples += PIPELINE_FRAME;
}

bool audio_host_simulated(uint32_t *samples) {
    *samples = host.samples;
    return host.microphone.paces;
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
    int16_t speaker[PIPELINE_FRAME_MOST];
    int64_t due = 0;

    (void)unused;
    audio_port_lock();
    while (!host.quit) {
        if (!engine_active() && !host.microphone.paces) {
            host.transmitting = false;
            due = 0;
            pthread_cond_wait(&host.wake, &host.mutex);
            continue;
        }
        int pacing = host.microphone.paces ? host.microphone.descriptor : -1;
        bool ready = true;
        audio_port_unlock();
        if (pacing >= 0)
            ready = sound_await(pacing, host.rate / 100);
        else
            sleep_until_due(&due);
        audio_port_lock();
        if (!ready)
            continue;
        tick(speaker);
        host.speaking = true;
        audio_port_unlock();
        sound_write(&host.speaker, speaker);
        audio_port_lock();
        host.speaking = false;
        pthread_cond_broadcast(&host.spoken);
    }
    audio_port_unlock();
    return NULL;
}

bool audio_port_start(void) {
    pthread_attr_t attributes;
    struct sched_param priority = {.sched_priority = sched_get_priority_min(SCHED_RR)};
    sigset_t all, before;
    bool running;

    host.quit = false;

    /* Signals are the main thread's. Real time where the system grants it: a late tick is heard. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_init(&attributes);
    pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
    pthread_attr_setschedpolicy(&attributes, SCHED_RR);
    pthread_attr_setschedparam(&attributes, &priority);
    running = (!host.ordinary && pthread_create(&host.thread, &attributes, run, NULL) == 0) ||
              pthread_create(&host.thread, NULL, run, NULL) == 0;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return running;
}

void audio_port_stop(void) {
    audio_port_lock();
    host.quit = true;
    pthread_cond_signal(&host.wake);
    audio_port_unlock();
    pthread_join(host.thread, NULL);
    sound_close(&host.microphone);
    sound_close(&host.speaker);
}

void audio_host_ordinary(void) {
    host.ordinary = true;
}

void audio_host_rate(uint32_t rate) {
    host.rate = rate;
}

bool audio_host_microphone(const char *word, char error[AUDIO_HOST_ERROR]) {
    struct sound opened;

    if (!sound_open_microphone(&opened, word, host.rate, error))
        return false;
    audio_port_lock();
    sound_close(&host.microphone);
    host.microphone = opened;
    audio_port_unlock();
    return true;
}

bool audio_host_speaker(const char *word, char error[AUDIO_HOST_ERROR]) {
    struct sound opened;

    if (!sound_open_speaker(&opened, word, host.rate, error))
        return false;
    audio_port_lock();
    while (host.speaking)
        pthread_cond_wait(&host.spoken, &host.mutex);
    sound_close(&host.speaker);
    host.speaker = opened;
    audio_port_unlock();
    return true;
}
