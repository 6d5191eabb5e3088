/* ESP-IDF: cores. */
#ifndef DECLARED_ESP_CPU_H
#define DECLARED_ESP_CPU_H

#include <stdint.h>

typedef uint32_t esp_cpu_cycle_count_t;

void esp_cpu_stall(int core);
void esp_cpu_unstall(int core);
int esp_cpu_get_core_id(void);
esp_cpu_cycle_count_t esp_cpu_get_cycle_count(void);

#endif
