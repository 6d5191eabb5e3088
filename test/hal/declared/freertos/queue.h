/* FreeRTOS: queues. */
#ifndef DECLARED_FREERTOS_QUEUE_H
#define DECLARED_FREERTOS_QUEUE_H

#include "freertos/FreeRTOS.h"

typedef struct QueueDefinition *QueueHandle_t;

BaseType_t xQueueReceive(QueueHandle_t queue, void *const item, TickType_t wait);

#endif
