/* FreeRTOS as ESP-IDF has it on the ESP32-S3. */
#ifndef DECLARED_FREERTOS_FREERTOS_H
#define DECLARED_FREERTOS_FREERTOS_H

#include <stddef.h>
#include <stdint.h>

typedef int BaseType_t;
typedef unsigned int UBaseType_t;
typedef uint32_t TickType_t;
typedef uint8_t StackType_t;
typedef void (*TaskFunction_t)(void *argument);

typedef struct {
    uint32_t owner;
    uint32_t count;
} spinlock_t;
typedef spinlock_t portMUX_TYPE;

/* What a task and a queue take of memory. */
typedef struct xSTATIC_TCB {
    void *parts[80];
} StaticTask_t;
typedef struct xSTATIC_QUEUE {
    void *parts[20];
} StaticQueue_t;

#define pdTRUE ((BaseType_t)1)
#define pdFALSE ((BaseType_t)0)
#define pdPASS pdTRUE
#define portMAX_DELAY ((TickType_t)0xffffffffUL)
#define configTICK_RATE_HZ 1000
#define pdMS_TO_TICKS(milliseconds)                                                                                    \
    ((TickType_t)(((uint64_t)(milliseconds) * (uint64_t)configTICK_RATE_HZ) / (uint64_t)1000U))
#define portMUX_INITIALIZER_UNLOCKED                                                                                   \
    { .owner = 0xb33fffff, .count = 0 }
#define portENTER_CRITICAL(lock) linnet_enter_critical(lock)
#define portEXIT_CRITICAL(lock) linnet_exit_critical(lock)
#define portDISABLE_INTERRUPTS() linnet_interrupts(0)
#define portENABLE_INTERRUPTS() linnet_interrupts(1)

/* What those four are is the chip's own affair. */
void linnet_enter_critical(portMUX_TYPE *lock);
void linnet_exit_critical(portMUX_TYPE *lock);
void linnet_interrupts(int on);

#endif
