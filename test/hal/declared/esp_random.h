/* ESP-IDF: random numbers. */
#ifndef DECLARED_ESP_RANDOM_H
#define DECLARED_ESP_RANDOM_H

#include <stdint.h>

uint32_t esp_random(void);

#endif
