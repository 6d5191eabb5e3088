/*
 * Audio port of the ESP32-S3: one FreeRTOS task on core 1 ticks the pipeline for every frame that I2S has recorded.
 * Without I2S (no codec on the board, or it does not answer) the system clock paces it, the microphone is silence and
 * the speaker frame goes nowhere, while calls, packets and counters are real.
 */
#include "../pipeline.h"
#include "../port.h"
#include "esp32s3.h"
#ifdef LINNET_METER
#include "esp32s3_meter.h"
#endif

#include <string.h>

#include "esp_heap_caps.h"
#include "esp_random.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"

/* A tick takes 2 KB; the canceller's FFT, where the image has it, as much again. */
#define TASK_STACK 6144
/* Above lwIP's own task (18), below Wi-Fi's (23). */
#define TASK_PRIORITY 19
#define TASK_CORE 1

/* How loud the own voice is in handset and headset: -25.5 dB; see pipeline.h. */
#define SIDETONE 16

/* `lock` guards all below it: the XS task changes streams between ticks only. */
static struct {
    TaskHandle_t task;
    SemaphoreHandle_t lock;
    struct pipeline pipeline;
    struct audio_channel channels[PIPELINE_STREAMS];
    /* TONE_FILE_MOST octets, taken once; NULL where memory is out. */
    uint8_t *ring_file;
#ifdef LINNET_METER
    struct audio_meter meter;
#endif
    StaticSemaphore_t lock_memory;
    StaticTask_t task_memory;
    StackType_t stack[TASK_STACK];
} port;

static void lock(void) {
    xSemaphoreTake(port.lock, portMAX_DELAY);
}

static void unlock(void) {
    xSemaphoreGive(port.lock);
}

/* Wakes the task when the pipeline has something to do again. */
static void unlock_and_wake(void) {
    bool active = pipeline_active(&port.pipeline);

    unlock();
    if (active)
        xTaskNotifyGive(port.task);
}

#ifdef LINNET_METER

static void metered_tick(const int16_t microphone[PIPELINE_FRAME], int16_t speaker[PIPELINE_FRAME]) {
    uint32_t begun = meter_begin();

    pipeline_tick(&port.pipeline, microphone, speaker);
    uint32_t cycles = meter_end(begun);
    if (port.meter.count == 0 || cycles < port.meter.least)
        port.meter.least = cycles;
    if (cycles > port.meter.most)
        port.meter.most = cycles;
    port.meter.cycles += cycles;
    port.meter.count++;
}

struct audio_meter audio_port_take_meter(void) {
    lock();
    struct audio_meter meter = port.meter;
    port.meter = (struct audio_meter){0};
    unlock();
    return meter;
}

#else

static void metered_tick(const int16_t microphone[PIPELINE_FRAME], int16_t speaker[PIPELINE_FRAME]) {
    pipeline_tick(&port.pipeline, microphone, speaker);
}

#endif

/* One tick; false when there is nothing to do until somebody wakes the task. */
static bool tick(const int16_t microphone[PIPELINE_FRAME], int16_t speaker[PIPELINE_FRAME], uint32_t *state) {
    uint32_t i;

    lock();
    if (!pipeline_active(&port.pipeline)) {
        unlock();
        return false;
    }
    for (i = 0; i < PIPELINE_STREAMS; i++)
        audio_channel_receive(&port.channels[i], &port.pipeline.streams[i].received);
    metered_tick(microphone, speaker);
    for (i = 0; i < PIPELINE_STREAMS; i++)
        audio_channel_transmit(&port.channels[i], &port.pipeline.streams[i].sent);
    *state = pipeline_routed(&port.pipeline) | AUDIO_STATE_ACTIVE;
    unlock();
    return true;
}

/* Ticks as long as there is something to do, at the pace of I2S, else of the system clock. */
static void work(void) {
    static int16_t microphone[PIPELINE_FRAME];
    static int16_t speaker[PIPELINE_FRAME];
    TickType_t due = xTaskGetTickCount();
    uint32_t state, told = 0, old = 0;

    audio_i2s_begin();
    for (;;) {
        if (audio_i2s_read(microphone))
            due = xTaskGetTickCount();
        else {
            memset(microphone, 0, sizeof microphone);
            vTaskDelayUntil(&due, pdMS_TO_TICKS(AUDIO_TICK_MILLISECONDS));
        }
        if (!tick(microphone, speaker, &state))
            break;
        audio_i2s_write(speaker);
        /* A route begins in silence when the last frame of the one before has been played: that is the time to turn the
         * codec. */
        if (state == told)
            old = 0;
        else if ((told == 0 || ++old >= AUDIO_DMA_FRAMES) && audio_events_tell(state)) {
            told = state;
            old = 0;
        }
    }
    while (!audio_events_tell(0))
        vTaskDelay(pdMS_TO_TICKS(AUDIO_TICK_MILLISECONDS));
}

static void run(void *unused) {
    (void)unused;
    for (;;) {
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        work();
    }
}

static void reset(struct echo *echo) {
    pipeline_reset(&port.pipeline);
    pipeline_set_sidetone(&port.pipeline, SIDETONE);
    pipeline_set_echo(&port.pipeline, echo);
}

bool audio_port_start(void) {
    uint32_t i;

    if (port.task)
        return true;
    for (i = 0; i < PIPELINE_STREAMS; i++)
        audio_channel_reset(&port.channels[i]);
    /* Memory for the canceller is taken here, once; without it, or if memory is out, the speaker is as it is. */
    reset(echo_open(AUDIO_ECHO_FRAMES));
    /* It is read a frame a tick: PSRAM will do, where the board has any. */
    port.ring_file = heap_caps_malloc_prefer(TONE_FILE_MOST, 2, MALLOC_CAP_SPIRAM, MALLOC_CAP_8BIT);
    port.lock = xSemaphoreCreateMutexStatic(&port.lock_memory);
    port.task = xTaskCreateStaticPinnedToCore(run, "audio", TASK_STACK, NULL, TASK_PRIORITY, port.stack,
                                              &port.task_memory, TASK_CORE);
    return port.task != NULL;
}

/* The task stays, asleep: its memory is static, and the machine may start again. */
void audio_port_stop(void) {
    uint32_t i;

    audio_events_stop();
    lock();
    reset(port.pipeline.echo);
    for (i = 0; i < PIPELINE_STREAMS; i++) {
        port.channels[i].receiving = port.channels[i].transmitting = false;
        audio_channel_close_unused(&port.channels[i]);
    }
    unlock();
}

uint16_t audio_port_open_receive(uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    uint16_t number = 0;

    if (stream >= PIPELINE_STREAMS)
        return 0;

    struct audio_channel *channel = &port.channels[stream];

    lock();
    if (audio_channel_open(channel, port.pipeline.reports) &&
        pipeline_open_receive(&port.pipeline, stream, payload_type, packet_time)) {
        channel->receiving = true;
        number = channel->port;
    }
    audio_channel_close_unused(channel);
    unlock_and_wake();
    return number;
}

bool audio_port_open_multicast(uint32_t stream, uint32_t address, uint32_t number, uint32_t payload_type,
                               uint32_t packet_time) {
    bool opened = false;

    if (stream >= PIPELINE_STREAMS || address >> 28 != 14 || number == 0 || number > 65535)
        return false;

    struct audio_channel *channel = &port.channels[stream];

    lock();
    /* The socket of a stream that is open belongs to its call. */
    if (channel->socket == AUDIO_NO_SOCKET && audio_channel_join(channel, address, number)) {
        opened = channel->receiving = pipeline_open_receive(&port.pipeline, stream, payload_type, packet_time);
        audio_channel_close_unused(channel);
    }
    unlock_and_wake();
    return opened;
}

void audio_port_close_receive(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return;
    lock();
    pipeline_close_receive(&port.pipeline, stream);
    port.channels[stream].receiving = false;
    audio_channel_close_unused(&port.channels[stream]);
    unlock();
}

void audio_port_receive_events(uint32_t stream, uint32_t payload_type) {
    lock();
    pipeline_receive_events(&port.pipeline, stream, payload_type);
    unlock();
}

bool audio_port_start_transmit(uint32_t stream, uint32_t address, uint32_t number, uint32_t payload_type,
                               uint32_t packet_time, uint32_t tos) {
    uint32_t seed[3] = {esp_random(), esp_random(), esp_random()};
    bool started = false;

    if (stream >= PIPELINE_STREAMS || address == 0 || number == 0 || number > 65535)
        return false;

    struct audio_channel *channel = &port.channels[stream];

    lock();
    if (audio_channel_open(channel, port.pipeline.reports) &&
        pipeline_start_transmit(&port.pipeline, stream, payload_type, packet_time, seed)) {
        audio_channel_aim(channel, address, number, tos);
        channel->transmitting = started = true;
        pipeline_set_peer(&port.pipeline, stream, address, number);
    }
    audio_channel_close_unused(channel);
    unlock_and_wake();
    return started;
}

void audio_port_stop_transmit(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return;
    lock();
    pipeline_stop_transmit(&port.pipeline, stream);
    /* The farewell still goes to whom the rest went to. */
    audio_channel_transmit(&port.channels[stream], &port.pipeline.streams[stream].sent);
    pipeline_set_peer(&port.pipeline, stream, 0, 0);
    port.channels[stream].transmitting = false;
    audio_channel_close_unused(&port.channels[stream]);
    unlock();
}

void audio_port_set_transmit(uint32_t stream, bool suppress, uint32_t event_type) {
    lock();
    pipeline_set_transmit(&port.pipeline, stream, suppress, event_type);
    unlock();
}

bool audio_port_send_event(uint32_t stream, uint32_t event, uint32_t milliseconds) {
    lock();
    bool queued = pipeline_send_event(&port.pipeline, stream, event, milliseconds);
    unlock();
    return queued;
}

void audio_port_set_reports(bool reports) {
    lock();
    pipeline_set_reports(&port.pipeline, reports);
    unlock();
}

void audio_port_start_tone(uint32_t id, uint32_t direction) {
    lock();
    pipeline_start_tone(&port.pipeline, id, direction);
    unlock_and_wake();
}

void audio_port_stop_tone(void) {
    lock();
    pipeline_stop_tone(&port.pipeline);
    unlock();
}

void audio_port_ring(uint32_t mode, bool once) {
    lock();
    pipeline_ring(&port.pipeline, mode, once);
    unlock_and_wake();
}

void audio_port_set_locale(uint32_t locale) {
    lock();
    pipeline_set_locale(&port.pipeline, locale);
    unlock();
}

void audio_port_key_tone(uint32_t event) {
    lock();
    pipeline_key_tone(&port.pipeline, event);
    unlock_and_wake();
}

void audio_port_set_bell(uint32_t bell) {
    lock();
    pipeline_set_bell(&port.pipeline, bell);
    unlock();
}

bool audio_port_set_ring_file(const uint8_t *codes, uint32_t count) {
    if (!port.ring_file || !tone_file_fits(count))
        return false;
    lock();
    memcpy(port.ring_file, codes, count);
    pipeline_set_ring_file(&port.pipeline, port.ring_file, count);
    unlock();
    return true;
}

void audio_port_set_route(uint32_t route) {
    lock();
    pipeline_set_route(&port.pipeline, route);
    unlock();
}

void audio_port_set_mute(bool muted) {
    lock();
    pipeline_set_mute(&port.pipeline, muted);
    unlock();
}

void audio_port_set_volume(uint32_t route, uint32_t step) {
    lock();
    pipeline_set_volume(&port.pipeline, route, step);
    unlock();
}

void audio_port_statistics(uint32_t stream, uint32_t *counters, uint32_t count) {
    memset(counters, 0, count * sizeof *counters);
    if (stream >= PIPELINE_STREAMS)
        return;
    if (count > STATISTIC_COUNT)
        count = STATISTIC_COUNT;
    lock();
    memcpy(counters, port.pipeline.streams[stream].counters, count * sizeof *counters);
    unlock();
}
