/*
 * The control channel's UART port on a model of ESP-IDF's driver: the far end's octets wait in a ring, events are
 * queued for them, the port's task runs when the test lets it, messages to the XS task wait in a short queue. Prints
 * what came of it as JSON.
 */
#include "../../hal/control/control.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/uart.h"
#include "freertos/task.h"
#include "xsHost.h"

enum { Room = 4096, Lines = 64 };

xsSlot xsGlobal, xsThis, xsResult;

static bool refuse_install, refuse_settings, refuse_task;
static int installed, deleted, baud, unit = -1;
static char ring[Room], sent[Room];
static size_t ring_size, sent_size, writes, longest;
static int events, posts, full, delays;
static void (*task)(void *);
static modMessageDeliver message;
static jmp_buf asleep;

/* What the portable part would make of it: here it only keeps lines. */
static char lines[Lines][256];
static int line_count;
static size_t line_size, takes;

size_t control_take(xsMachine *the, const char *data, size_t size) {
    const char *end = memchr(data, '\n', size);
    size_t count = end ? (size_t)(end - data) : size;

    (void)the;
    takes++;
    memcpy(lines[line_count] + line_size, data, count);
    line_size += count;
    if (!end)
        return count;
    line_count++;
    line_size = 0;
    return count + 1;
}

esp_err_t uart_driver_install(uart_port_t uart, int receive, int transmit, int queued, QueueHandle_t *queue,
                              int flags) {
    (void)transmit;
    (void)flags;
    if (refuse_install || receive <= 128 || queued <= 0)
        return ESP_FAIL;
    *queue = (QueueHandle_t)(void *)&events;
    unit = uart;
    installed++;
    return ESP_OK;
}

esp_err_t uart_driver_delete(uart_port_t uart) {
    (void)uart;
    deleted++;
    return ESP_OK;
}

esp_err_t uart_param_config(uart_port_t uart, const uart_config_t *config) {
    (void)uart;
    if (refuse_settings || config->data_bits != UART_DATA_8_BITS || config->flow_ctrl != UART_HW_FLOWCTRL_DISABLE)
        return ESP_FAIL;
    baud = config->baud_rate;
    return ESP_OK;
}

int uart_write_bytes(uart_port_t uart, const void *data, size_t size) {
    (void)uart;
    memcpy(sent + sent_size, data, size);
    sent_size += size;
    writes++;
    if (size > longest)
        longest = size;
    return (int)size;
}

int uart_read_bytes(uart_port_t uart, void *data, uint32_t size, TickType_t wait) {
    size_t count = size < ring_size ? size : ring_size;

    (void)uart;
    if (wait != 0)
        exit(1);
    memcpy(data, ring, count);
    memmove(ring, ring + count, ring_size - count);
    ring_size -= count;
    return (int)count;
}

BaseType_t xQueueReceive(QueueHandle_t queue, void *item, TickType_t wait) {
    (void)queue;
    (void)wait;
    if (events == 0)
        longjmp(asleep, 1);
    events--;
    memset(item, 0, sizeof(uart_event_t));
    return pdPASS;
}

BaseType_t xTaskCreate(void (*code)(void *), const char *name, uint32_t stack, void *argument, UBaseType_t priority,
                       TaskHandle_t *handle) {
    (void)name;
    (void)stack;
    (void)argument;
    (void)priority;
    (void)handle;
    task = code;
    return refuse_task ? 0 : pdPASS;
}

void vTaskDelay(TickType_t ticks) {
    (void)ticks;
    delays++;
    full = 0;
}

int modMessagePostToMachine(xsMachine *the, uint8_t *data, uint16_t length, modMessageDeliver callback, void *refcon) {
    (void)the;
    (void)data;
    (void)length;
    (void)refcon;
    if (full)
        return -2;
    message = callback;
    posts++;
    return 0;
}

void xs_call(xsSlot *function, xsSlot *argument) {
    printf("{\"called\":%d,\"with\":%d,", function->value, argument ? argument->value : -1);
}

static void arrive(const char *text) {
    memcpy(ring + ring_size, text, strlen(text));
    ring_size += strlen(text);
    events++;
}

static void run_task(void) {
    if (setjmp(asleep) == 0)
        task(NULL);
}

static void run_machine(void) {
    modMessageDeliver deliver = message;

    message = NULL;
    if (deliver)
        deliver(NULL, NULL, NULL, 0);
}

int main(void) {
    xsSlot function = {7}, argument = {8};
    bool without, settings, tasks;

    control_port_write("lost", 4);
    control_port_end();
    refuse_install = true;
    without = control_port_open(NULL, 1);
    refuse_install = false;
    refuse_settings = true;
    settings = control_port_open(NULL, 1);
    refuse_settings = false;
    refuse_task = true;
    tasks = control_port_open(NULL, 1);
    refuse_task = false;
    control_port_call(NULL, &function, &argument);
    printf("\"refused\":[%d,%d,%d],\"deleted\":%d,\"lost\":%zu,", without, settings, tasks, deleted, sent_size);
    printf("\"opened\":%d,\"unit\":%d,\"baud\":%d,", control_port_open(NULL, 1), unit, baud);

    /* a burst: many events, one message */
    arrive("key 5\nho");
    arrive("ok off\n");
    arrive("statis");
    run_task();
    printf("\"burst\":%d,", posts);
    run_machine();
    printf("\"lines\":%d,", line_count);
    /* what comes after the XS task has taken the rest is told again; the queue may be full for a while */
    full = 1;
    arrive("tics\n");
    run_task();
    run_machine();
    printf("\"posts\":%d,\"delays\":%d,\"left\":%zu,", posts, delays, ring_size);
    printf("\"got\":[\"%s\",\"%s\",\"%s\"],", lines[0], lines[1], lines[2]);

    /* a long line goes out whole and in order, in pieces */
    for (int i = 0; i < 100; i++) {
        char text[16];
        control_port_write(text, (size_t)snprintf(text, sizeof(text), "%03d,", i));
    }
    size_t early = sent_size;
    control_port_write("\n", 1);
    control_port_end();
    size_t written = writes;
    control_port_end();
    bool order = sent_size == 401 && sent[400] == '\n';
    for (int i = 0; i < 100; i++)
        order = order && atoi(sent + 4 * i) == i;
    printf("\"order\":%d,\"early\":%d,\"idle\":%zu,\"longest\":%zu}\n", order, early > 0 && early < 400,
           writes - written, longest);
    return 0;
}
