/* ESP-IDF: time since the start. */
#ifndef DECLARED_ESP_TIMER_H
#define DECLARED_ESP_TIMER_H

#include <stdint.h>

/* In microseconds. */
int64_t esp_timer_get_time(void);

#endif
