/*
 * Natives of chip.ts: the engine's memory, which only its own headers know, and the chip's. Called by the XS task only.
 */
#include "xsAll.h"

#include "esp_heap_caps.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "../../audio/port/esp32s3.h"
#include "../../audio/port/esp32s3_meter.h"
#include "../../hal/control/control.h"

/* As hal/control/engine.ts numbers them. */
typedef struct {
    uint32_t slots, slots_peak, slots_limit;
    uint32_t chunks, chunks_peak, chunks_limit;
    uint32_t stack_peak, stack_limit;
    uint32_t collections;
    uint32_t baseline_slots, baseline_chunks;
    uint32_t slot_size;
    uint32_t empty_slots, empty_chunks;
} Figures;

/* What of the engine's stack has not been used yet bears this paint; a run of so many slots of it is where use ends. */
enum { StackPaint = 0xA5, PaintedRun = 16 };
/* Rounds of the loop that tells how many cycles an instruction takes, and instructions of a round. */
enum { LoopRounds = 10000, RoundInstructions = 2 };

static uint32_t collections;

static void count_collection(txMachine *the, void *data, txMarkRoot mark) {
    (void)the;
    (void)data;
    (void)mark;
    collections++;
}

/* Begins to count collections, by an object that each of them marks, and to see how deep the stack gets. */
void xs_emulator_begin(txMachine *the) {
    static const txHostHooks hooks = {.marker = count_collection};
    static txSlot object;

    if (object.kind == XS_REFERENCE_KIND)
        return;
    fxNewHostObject(the, NULL);
    fxSetHostData(the, the->stack, &collections);
    fxSetHostHooks(the, the->stack, &hooks);
    object = *the->stack;
    fxRemember(the, &object);
    mxPop();
    memset(the->stackBottom, StackPaint, (size_t)((char *)the->stack - (char *)the->stackBottom));
}

static bool is_painted(const txSlot *slot) {
    const unsigned char *octet = (const unsigned char *)slot;

    for (size_t i = 0; i < sizeof(txSlot); i++)
        if (octet[i] != StackPaint)
            return false;
    return true;
}

/* From the present top down to the first run of paint: the engine uses the stack's far end for regular expressions. */
static uint32_t stack_peak(const txMachine *the) {
    const txSlot *slot = the->stack;
    int run = 0;

    while (slot > the->stackBottom && run < PaintedRun) {
        slot--;
        run = is_painted(slot) ? run + 1 : 0;
    }
    return (uint32_t)(the->stackTop - slot - run);
}

static Figures figures(const txMachine *the) {
    return (Figures){
        .slots = (uint32_t)the->currentHeapCount,
        .slots_peak = (uint32_t)the->peakHeapCount,
        .slots_limit = (uint32_t)the->maximumHeapCount,
        .chunks = (uint32_t)the->currentChunksSize,
        .chunks_peak = (uint32_t)the->peakChunksSize,
        .chunks_limit = (uint32_t)the->maximumChunksSize,
        .stack_peak = stack_peak(the),
        .stack_limit = (uint32_t)(the->stackTop - the->stackBottom),
        .collections = collections,
        .slot_size = sizeof(txSlot),
    };
}

/* (target: ArrayBuffer) */
void xs_emulator_figures(txMachine *the) {
    Figures now = figures(the);

    fxSetArrayBufferData(the, mxArgv(0), 0, &now, sizeof(now));
}

void xs_emulator_collect(txMachine *the) {
    fxCollectGarbage(the);
}

/* Cycles that the loop takes: where QEMU counts instructions (-icount), CCOUNT is the time that it makes of them. */
static uint32_t time_loop(void) {
    uint32_t rounds = LoopRounds;
    uint32_t begun = meter_begin();

    __asm__ volatile("1: addi %0, %0, -1\n bnez %0, 1b" : "+r"(rounds));
    return meter_end(begun);
}

static void report_stacks(void) {
    UBaseType_t count = uxTaskGetNumberOfTasks();
    TaskStatus_t *tasks = calloc(count, sizeof(*tasks));

    control_text(",\"stacks\":[");
    count = tasks ? uxTaskGetSystemState(tasks, count, NULL) : 0;
    for (UBaseType_t i = 0; i < count; i++) {
        control_text(i > 0 ? ",{\"name\":" : "{\"name\":");
        control_quote(tasks[i].pcTaskName);
        control_field(",\"left\":", (long)tasks[i].usStackHighWaterMark);
        control_text("}");
    }
    control_text("]");
    free(tasks);
}

static void report_ticks(void) {
    struct audio_meter meter = audio_port_take_meter();

    control_field(",\"tick\":{\"count\":", (long)meter.count);
    control_text(",\"cycles\":");
    control_number((double)meter.cycles);
    control_field(",\"least\":", (long)meter.least);
    control_field(",\"most\":", (long)meter.most);
    control_field("},\"loop\":{\"instructions\":", (long)LoopRounds * RoundInstructions);
    control_field(",\"cycles\":", (long)time_loop());
    control_text("}");
}

/* One line on the control channel. Memory first: putting the line together takes some of it. */
void xs_emulator_report(txMachine *the) {
    Figures now = figures(the);
    uint32_t internal = MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT;

    control_text("{\"type\":\"chip\",\"uptime_ms\":");
    control_number((double)(esp_timer_get_time() / 1000));
    control_field(",\"heapFree\":", (long)heap_caps_get_free_size(internal));
    control_field(",\"heapLeast\":", (long)heap_caps_get_minimum_free_size(internal));
    control_field(",\"heapLargest\":", (long)heap_caps_get_largest_free_block(internal));
    control_field(",\"slots\":", (long)now.slots);
    control_field(",\"slotsLimit\":", (long)now.slots_limit);
    control_field(",\"chunks\":", (long)now.chunks);
    control_field(",\"chunksLimit\":", (long)now.chunks_limit);
    control_field(",\"stackPeak\":", (long)now.stack_peak);
    control_field(",\"stackLimit\":", (long)now.stack_limit);
    report_stacks();
    report_ticks();
    control_text("}");
    control_end();
}
