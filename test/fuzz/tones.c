/*
 * Fuzzes tables of a server's tones: any numbers, and those of tables that are near to good ones, between tones that
 * start and stop.
 */
#include "packets.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pipeline pipeline;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct script script = {data, size};

    pipeline_reset(&pipeline);
    while (script.count > 0) {
        uint16_t numbers[(TONE_SET_STEPS + 2) * TONE_SET_NUMBERS] = {0};
        uint8_t kind = script_octet(&script), value = script_octet(&script);
        uint32_t steps = value % (TONE_SET_STEPS + 2), count = steps * TONE_SET_NUMBERS;

        switch (kind & 3) {
        case 0: /* a good table but for a few numbers */
            for (uint32_t i = 0; i < steps; i++) {
                uint16_t *step = numbers + TONE_SET_NUMBERS * i;

                step[0] = (uint16_t)(i * TONE_KINDS / (steps + 1));
                step[3] = script_octet(&script);
                step[4] = kind & 16 && i % 2 == 1 ? 0 : 425;
                step[8] = step[4] > 0 ? 5000 : 0;
            }
            for (uint32_t i = 0; i < (kind >> 5) && count > 0; i++)
                numbers[script_word(&script) % count] = script_word(&script);
            pipeline_set_tones(&pipeline, numbers, count + (kind >> 2 & 1));
            break;
        case 1:
            for (uint32_t i = 0; i < count; i++)
                numbers[i] = script_word(&script);
            pipeline_set_tones(&pipeline, numbers, count);
            break;
        case 2:
            pipeline_start_tone(&pipeline, 0x20 + value % 0x24, kind >> 2 & 3);
            break;
        default:
            pipeline_stop_tone(&pipeline, kind & 4);
            break;
        }
        call_tick(&pipeline, kind & 8 ? 1u + value : 0);
    }
    call_tick(&pipeline, 40);
    return 0;
}
