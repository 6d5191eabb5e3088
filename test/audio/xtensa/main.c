/*
 * Runs the scripted calls on an emulated Xtensa and prints what they gave and cost, one `name value` a line.
 */
#include "../coded.h"
#include "../refined.h"
#include "../script.h"
#include "simulator.h"

#include <stddef.h>

#define PLAIN_TICKS 2000
#define EVENTFUL_TICKS 6000
#define LOSSY_TICKS 3000
/* Octets below the stack pointer that are watched. */
#define WATCHED 16384
#define UNTOUCHED 0xDEADBEEF

uint32_t memory_used(void);

void emulated_main(void);
void emulated_fault(int cause, uint32_t counter, uint32_t address);

static struct script script;

/* Prints `name value` in decimal. */
static void print(const char *name, uint32_t value) {
    char line[64];
    uint32_t length = 0, digits = 1;

    while (name[length] != 0) {
        line[length] = name[length];
        length++;
    }
    line[length++] = ' ';
    for (uint32_t rest = value; rest >= 10; rest /= 10)
        digits++;
    for (uint32_t i = digits; i > 0; i--, value /= 10)
        line[length + i - 1] = (char)('0' + value % 10);
    length += digits;
    line[length++] = '\n';
    simulator_call(SIMULATOR_WRITE, 1, (int)line, (int)length, NULL);
}

static _Noreturn void leave(int status) {
    simulator_call(SIMULATOR_EXIT, status, 0, 0, NULL);
    for (;;) {
    }
}

void emulated_fault(int cause, uint32_t counter, uint32_t address) {
    print("fault_cause", (uint32_t)cause);
    print("fault_counter", counter);
    print("fault_address", address);
    leave(70);
}

static uint32_t *stack_pointer(void) {
    uint32_t *pointer;

    __asm__ volatile("mov %0, a1" : "=a"(pointer));
    return pointer;
}

/* Marks the stack below this function's caller, or finds how deep it has been used. */
static __attribute__((noinline)) void paint(uint32_t *from) {
    for (uint32_t *word = stack_pointer() - 1; word > from - WATCHED / 4; word--)
        *word = UNTOUCHED;
}

static uint32_t depth(uint32_t *from) {
    uint32_t *word = from - WATCHED / 4 + 1;

    while (word < from && *word == UNTOUCHED)
        word++;
    return (uint32_t)(from - word) * 4;
}

/* Runs a script; returns the counts of its ticks, in `most` those of the tick that took most, and in `deepest` the most
 * stack that a tick took. */
static __attribute__((noinline)) uint32_t run(enum script_kind kind, uint32_t ticks, uint32_t *most,
                                              uint32_t *deepest) {
    static int16_t mic[PIPELINE_FRAME_MOST], speaker[PIPELINE_FRAME_MOST];
    uint32_t counts = 0;

    *most = 0;
    script_start(&script, kind);
    for (uint32_t tick = 0; tick < ticks; tick++) {
        script_before(&script, mic);
        if (deepest)
            paint(stack_pointer());

        uint32_t begin = simulator_count();

        pipeline_tick(&script.pipeline, mic, speaker);

        uint32_t taken = simulator_count() - begin;

        counts += taken;
        *most = taken > *most ? taken : *most;
        if (deepest) {
            uint32_t used = depth(stack_pointer());

            *deepest = used > *deepest ? used : *deepest;
        }
        script_after(&script, speaker);
    }
    return counts;
}

/* What a handset's microphone may go through. */
static void refine(void) {
    struct refined level = refined_level(1, simulator_count), wide = refined_level(2, simulator_count);

    print("level_digest", level.digest);
    print("wide_level_digest", wide.digest);
    print("level_control_instructions_per_tick", level.count * SIMULATOR_INSTRUCTIONS / REFINED_FRAMES);
    print("wide_level_control_instructions_per_tick", wide.count * SIMULATOR_INSTRUCTIONS / REFINED_FRAMES);

    struct refined denoised = refined_denoise(1, simulator_count);

    if (denoised.digest == 0)
        return;
    print("noise_suppression_bytes", memory_used());
    print("noise_suppression_instructions_per_tick", denoised.count / REFINED_FRAMES * SIMULATOR_INSTRUCTIONS);
    print("wide_noise_suppression_instructions_per_tick",
          refined_denoise(2, simulator_count).count / REFINED_FRAMES * SIMULATOR_INSTRUCTIONS);
}

void emulated_main(void) {
    uint32_t deepest = 0, most, counts = run(SCRIPT_PLAIN, PLAIN_TICKS, &most, NULL);

    print("plain_digest", script_digest(&script));
    print("plain_frames", script.pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED]);
    uint32_t board = run(SCRIPT_BOARD, PLAIN_TICKS, &most, NULL);

    print("board_instructions_per_tick", board * SIMULATOR_INSTRUCTIONS / PLAIN_TICKS);
    print("board_peak_instructions_per_tick", most * SIMULATOR_INSTRUCTIONS);
    print("board_digest", script_digest(&script));
    print("board_frames", script.pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED]);
    uint32_t wide = run(SCRIPT_WIDE, PLAIN_TICKS, &most, NULL);

    print("wide_instructions_per_tick", wide * SIMULATOR_INSTRUCTIONS / PLAIN_TICKS);
    print("wide_peak_instructions_per_tick", most * SIMULATOR_INSTRUCTIONS);
    print("wide_digest", script_digest(&script));
    print("wide_frames", script.pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED]);
    run(SCRIPT_LOSSY, LOSSY_TICKS, &most, NULL);
    print("lossy_digest", script_digest(&script));
    print("lossy_frames", script.pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED]);
    print("peak_instructions_per_tick", most * SIMULATOR_INSTRUCTIONS);
    run(SCRIPT_HOSTILE, LOSSY_TICKS, &most, NULL);
    print("hostile_digest", script_digest(&script));
    print("hostile_frames", script.pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED]);
    print("hostile_peak_instructions_per_tick", most * SIMULATOR_INSTRUCTIONS);
    run(SCRIPT_EVENTFUL, EVENTFUL_TICKS, &most, &deepest);
    print("peak_two_streams_instructions_per_tick", most * SIMULATOR_INSTRUCTIONS);
    print("eventful_digest", script_digest(&script));
    print("eventful_frames", script.pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED]);
    print("instructions_per_tick", counts * SIMULATOR_INSTRUCTIONS / PLAIN_TICKS);
    run(SCRIPT_MIXED, LOSSY_TICKS, &most, &deepest);
    print("mixed_digest", script_digest(&script));
    print("mixed_frames", script.pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED]);

    struct coded coded = coded_g722(simulator_count);

    print("g722_digest", coded.digest);
    print("g722_encode_instructions_per_20_ms", coded.encoding * SIMULATOR_INSTRUCTIONS / CODED_PACKETS);
    print("g722_decode_instructions_per_20_ms", coded.decoding * SIMULATOR_INSTRUCTIONS / CODED_PACKETS);
    refine();
    print("stack_bytes", deepest);
    print("pipeline_bytes", pipeline_size());
    leave(0);
}
