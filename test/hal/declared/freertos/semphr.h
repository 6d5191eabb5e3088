/* FreeRTOS: semaphores, which are macros over queues there. */
#ifndef DECLARED_FREERTOS_SEMPHR_H
#define DECLARED_FREERTOS_SEMPHR_H

#include "freertos/queue.h"

typedef QueueHandle_t SemaphoreHandle_t;
typedef StaticQueue_t StaticSemaphore_t;

QueueHandle_t xQueueCreateMutexStatic(const uint8_t type, StaticQueue_t *memory);
BaseType_t xQueueSemaphoreTake(QueueHandle_t queue, TickType_t wait);
BaseType_t xQueueGenericSend(QueueHandle_t queue, const void *const item, TickType_t wait, const BaseType_t position);

#define xSemaphoreCreateMutexStatic(memory) xQueueCreateMutexStatic((uint8_t)1U, (memory))
#define xSemaphoreTake(semaphore, wait) xQueueSemaphoreTake((semaphore), (wait))
#define xSemaphoreGive(semaphore) xQueueGenericSend((semaphore), NULL, (TickType_t)0U, (BaseType_t)0)

#endif
