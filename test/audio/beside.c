/*
 * The plain scripted call, and beside each tick spandsp's codec over the same microphone frame: what callgrind compares
 * the two on.
 */
#include "spandsp.h"
#include "script.h"

#include <stdio.h>
#include <stdlib.h>

static struct script script;

int main(int argc, char **argv) {
    int16_t mic[PIPELINE_FRAME_MOST], speaker[PIPELINE_FRAME_MOST], decoded[PIPELINE_FRAME];
    uint32_t ticks = argc > 1 ? (uint32_t)atoi(argv[1]) : 2000, sum = 0;

    if (!codec_open())
        return 1;
    script_start(&script, SCRIPT_PLAIN);
    for (uint32_t tick = 0; tick < ticks; tick++) {
        script_before(&script, mic);
        pipeline_tick(&script.pipeline, mic, speaker);
        script_after(&script, speaker);
        codec_frame(mic, decoded);
        sum += (uint16_t)decoded[0];
    }
    printf("plain_digest %u\nspandsp_sum %u\n", script_digest(&script), sum);
    return 0;
}
