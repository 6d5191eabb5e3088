/* FreeRTOS: tasks. */
#ifndef DECLARED_FREERTOS_TASK_H
#define DECLARED_FREERTOS_TASK_H

#include "freertos/FreeRTOS.h"

typedef struct tskTaskControlBlock *TaskHandle_t;
typedef enum { eNoAction = 0, eIncrement = 2 } eNotifyAction;

typedef struct xTASK_STATUS {
    const char *pcTaskName;
    uint32_t usStackHighWaterMark;
} TaskStatus_t;

BaseType_t xTaskCreate(TaskFunction_t code, const char *const name, const uint32_t stack, void *const argument,
                       UBaseType_t priority, TaskHandle_t *const task);
TaskHandle_t xTaskCreateStaticPinnedToCore(TaskFunction_t code, const char *const name, const uint32_t size,
                                           void *const argument, UBaseType_t priority, StackType_t *const stack,
                                           StaticTask_t *const memory, const BaseType_t core);
void vTaskDelay(const TickType_t ticks);
BaseType_t xTaskDelayUntil(TickType_t *const last, const TickType_t ticks);
TickType_t xTaskGetTickCount(void);
BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value, eNotifyAction action,
                              uint32_t *before);
uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear, TickType_t wait);
UBaseType_t uxTaskGetNumberOfTasks(void);
UBaseType_t uxTaskGetSystemState(TaskStatus_t *const tasks, const UBaseType_t count, uint32_t *const time);

#define vTaskDelayUntil(last, ticks) ((void)xTaskDelayUntil((last), (ticks)))
#define xTaskNotifyGive(task) xTaskGenericNotify((task), 0, 0, eIncrement, NULL)
#define ulTaskNotifyTake(clear, wait) ulTaskGenericNotifyTake(0, (clear), (wait))

#endif
