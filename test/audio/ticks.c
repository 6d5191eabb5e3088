/*
 * Runs the scripted calls for so many ticks and prints the digest of each: what an emulated target's are compared with,
 * and what callgrind counts the tick's instructions on.
 */
#include "coded.h"
#include "refined.h"
#include "script.h"

#include <stdio.h>
#include <stdlib.h>

static struct script script;

static void run(enum script_kind kind, const char *name, uint32_t ticks) {
    int16_t mic[PIPELINE_FRAME_MOST], speaker[PIPELINE_FRAME_MOST];

    script_start(&script, kind);
    for (uint32_t tick = 0; tick < ticks; tick++) {
        script_before(&script, mic);
        pipeline_tick(&script.pipeline, mic, speaker);
        script_after(&script, speaker);
    }
    printf("%s_digest %u\n%s_frames %u\n", name, script_digest(&script), name,
           script.pipeline.streams[0].counters[STATISTIC_FRAMES_PLAYED]);
}

/* Nothing is counted here. */
static uint32_t uncounted(void) {
    return 0;
}

/* The ticks of the plain call, of the lossy one, and of the eventful one. */
int main(int argc, char **argv) {
    run(SCRIPT_PLAIN, "plain", argc > 1 ? (uint32_t)atoi(argv[1]) : 2000);
    run(SCRIPT_BOARD, "board", argc > 1 ? (uint32_t)atoi(argv[1]) : 2000);
    run(SCRIPT_WIDE, "wide", argc > 1 ? (uint32_t)atoi(argv[1]) : 2000);
    run(SCRIPT_LOSSY, "lossy", argc > 2 ? (uint32_t)atoi(argv[2]) : 3000);
    run(SCRIPT_HOSTILE, "hostile", argc > 2 ? (uint32_t)atoi(argv[2]) : 3000);
    run(SCRIPT_EVENTFUL, "eventful", argc > 3 ? (uint32_t)atoi(argv[3]) : 6000);
    run(SCRIPT_MIXED, "mixed", argc > 2 ? (uint32_t)atoi(argv[2]) : 3000);
    printf("g722_digest %u\n", coded_g722(uncounted).digest);
    printf("level_digest %u\n", refined_level(1, uncounted).digest);
    printf("wide_level_digest %u\n", refined_level(2, uncounted).digest);
    return 0;
}
