/*
 * Audio port of the ESP32-S3: one FreeRTOS task on core 1 ticks the engine for every frame that I2S has recorded.
 * Without I2S (no codec on the board, or it does not answer) the system clock paces it, the microphone is silence and
 * the speaker frame goes nowhere, while calls, packets and counters are real.
 */
#include "esp32s3.h"
#include "../engine.h"
#include "../port.h"
#ifdef LINNET_METER
#include "esp32s3_meter.h"
#endif

#include <string.h>

#include "esp_heap_caps.h"
#include "esp_random.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"

/* A tick takes 2.7 KB; the canceller's FFT, where the image has it, 2 KB more. */
#define TASK_STACK 6144
/* Above lwIP's own task (18), below Wi-Fi's (23). */
#define TASK_PRIORITY 19
#define TASK_CORE 1

/* Own voice in handset and headset: -24.1 dB, 20 ms late where the codec does not have it by itself. */
const struct audio_body audio_body = {.sidetone = 16, .echo = AUDIO_ECHO_FRAMES, .reports = true};

static struct {
    TaskHandle_t task;
    SemaphoreHandle_t lock;
#ifdef LINNET_METER
    uint32_t begun;
    struct audio_meter meter;
#endif
    StaticSemaphore_t lock_memory;
    StaticTask_t task_memory;
    StackType_t stack[TASK_STACK];
} port;

void audio_port_lock(void) {
    xSemaphoreTake(port.lock, portMAX_DELAY);
}

void audio_port_unlock(void) {
    xSemaphoreGive(port.lock);
}

void audio_port_wake(void) {
    xTaskNotifyGive(port.task);
}

bool audio_port_random(uint32_t *words, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        words[i] = esp_random();
    return true;
}

/* PSRAM will do, where the board has any. */
void *audio_port_memory(uint32_t octets) {
    return heap_caps_malloc_prefer(octets, 2, MALLOC_CAP_SPIRAM, MALLOC_CAP_8BIT);
}

void *audio_port_spare_memory(uint32_t octets) {
    return heap_caps_malloc(octets, MALLOC_CAP_SPIRAM);
}

#ifdef LINNET_METER

void audio_port_tick_begins(void) {
    port.begun = meter_begin();
}

void audio_port_tick_ends(void) {
    uint32_t cycles = meter_end(port.begun);

    if (port.meter.count == 0 || cycles < port.meter.least)
        port.meter.least = cycles;
    if (cycles > port.meter.most)
        port.meter.most = cycles;
    port.meter.cycles += cycles;
    port.meter.count++;
}

struct audio_meter audio_port_take_meter(void) {
    audio_port_lock();
    struct audio_meter meter = port.meter;
    port.meter = (struct audio_meter){0};
    audio_port_unlock();
    return meter;
}

#endif

/* One tick of frames of a rate, and the rate that suits what is open; false when there is nothing to do until
 * somebody wakes the task. */
static bool tick(uint32_t rate, const int16_t *microphone, int16_t *speaker, uint32_t *state, uint32_t *wanted) {
    audio_port_lock();
    bool active = engine_active();
    if (active) {
        engine_set_rate(rate / 1000);
        engine_tick(microphone, speaker);
        *state = engine_routed() | AUDIO_STATE_ACTIVE | (engine_has_sidetone() ? AUDIO_STATE_SIDETONE : 0);
    }
    *wanted = engine_rate() * 1000;
    audio_port_unlock();
    return active;
}

/* Ticks as long as there is something to do, at the pace of I2S, else of the system clock. */
static void work(void) {
    static int16_t microphone[PIPELINE_FRAME_MOST];
    static int16_t speaker[PIPELINE_FRAME_MOST];
    static uint32_t rate = AUDIO_RATE;
    TickType_t due = xTaskGetTickCount();
    /* After a rest the codec is off as it is: what a call before has left is turned back without a wait. */
    uint32_t state, wanted, refused = 0, told = 0, old = 0, quiet = AUDIO_DMA_FRAMES;

    audio_i2s_begin();
    for (;;) {
        if (audio_i2s_read(microphone))
            due = xTaskGetTickCount();
        else {
            memset(microphone, 0, sizeof microphone);
            vTaskDelayUntil(&due, pdMS_TO_TICKS(AUDIO_TICK_MILLISECONDS));
        }
        if (!tick(rate, microphone, speaker, &state, &wanted))
            break;
        audio_i2s_write(speaker);
        if (rate == AUDIO_RATE_MOST)
            state |= AUDIO_STATE_WIDEBAND;
        /* Codec and amplifier are off while their clocks turn; until then, and where these cannot, the engine makes do
         * with those there are. */
        if (wanted == rate || wanted == refused)
            quiet = 0;
        else {
            state = 0;
            if (told == 0 && ++quiet > AUDIO_DMA_FRAMES) {
                rate = audio_i2s_turn(wanted);
                refused = rate == wanted ? 0 : wanted;
            }
        }
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

bool audio_port_start(void) {
    if (port.task)
        return true;
    port.lock = xSemaphoreCreateMutexStatic(&port.lock_memory);
    port.task = xTaskCreateStaticPinnedToCore(run, "audio", TASK_STACK, NULL, TASK_PRIORITY, port.stack,
                                              &port.task_memory, TASK_CORE);
    return port.task != NULL;
}

/* The task stays, asleep: its memory is static, and the machine may start again. */
void audio_port_stop(void) {
    audio_events_stop();
}
