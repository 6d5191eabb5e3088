/* FreeRTOS as ESP-IDF has it, as far as the ports use it. */
#ifndef FREERTOS_H
#define FREERTOS_H

#include <stdint.h>

typedef int BaseType_t;
typedef unsigned int UBaseType_t;
typedef uint32_t TickType_t;
#define pdPASS 1
#define portMAX_DELAY 0xFFFFFFFFu

#endif
