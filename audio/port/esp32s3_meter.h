/*
 * Cycles of a stretch of code that waits for nothing, where QEMU counts instructions (-icount). Its cores share one
 * clock, which each instruction of either moves on: so the other core stands still meanwhile, and nothing interrupts
 * this one. For images built with LINNET_METER; on a board that would be bad manners.
 */
#ifndef LINNET_AUDIO_PORT_ESP32S3_METER_H
#define LINNET_AUDIO_PORT_ESP32S3_METER_H

#include <stdint.h>

#include "esp_cpu.h"
#include "freertos/FreeRTOS.h"

/* What meter_end takes. */
static inline uint32_t meter_begin(void) {
    portDISABLE_INTERRUPTS();
    esp_cpu_stall(1 - esp_cpu_get_core_id());
    return esp_cpu_get_cycle_count();
}

static inline uint32_t meter_end(uint32_t begun) {
    uint32_t cycles = esp_cpu_get_cycle_count() - begun;

    esp_cpu_unstall(1 - esp_cpu_get_core_id());
    portENABLE_INTERRUPTS();
    return cycles;
}

#endif
