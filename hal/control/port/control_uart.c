/*
 * The control channel on a UART of the ESP32-S3. A small task waits for octets and has the XS task take them; what goes
 * out waits only while the UART's FIFO is full.
 */
#include <stdatomic.h>
#include <string.h>

#include "driver/uart.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "freertos/task.h"
#include "xsHost.h"

#include "../control.h"

#define BAUD 921600
/* Octets that wait for the XS task, above the FIFO's own 128; a full FIFO holds the far end back. */
#define RECEIVED_MOST 512
#define EVENTS 4
#define TASK_STACK 2048
/* Above JavaScript, below all that carries sound. */
#define TASK_PRIORITY 5

static struct {
    xsMachine *machine;
    uart_port_t uart;
    QueueHandle_t events;
    _Atomic bool pending;
    bool open;
    /* What is to be sent goes in pieces of this size, without a line's whole length in memory. */
    char piece[128];
    size_t size;
} port;

static void deliver(void *the, void *refcon, uint8_t *message, uint16_t length) {
    char data[64];
    int count;
    (void)refcon;
    (void)message;
    (void)length;
    /* First: what comes from here on is told again. */
    atomic_store(&port.pending, false);
    while ((count = uart_read_bytes(port.uart, data, sizeof(data), 0)) > 0)
        for (size_t at = 0; at < (size_t)count;)
            at += control_take(the, data + at, (size_t)count - at);
}

static void await_octets(void *unused) {
    uart_event_t event;
    (void)unused;
    for (;;) {
        if (!xQueueReceive(port.events, &event, portMAX_DELAY) || atomic_exchange(&port.pending, true))
            continue;
        while (modMessagePostToMachine(port.machine, NULL, 0, deliver, NULL) != 0)
            vTaskDelay(1);
    }
}

bool control_port_open(xsMachine *the, int channel) {
    const uart_config_t config = {
        .baud_rate = BAUD,
        .data_bits = UART_DATA_8_BITS,
        .parity = UART_PARITY_DISABLE,
        .stop_bits = UART_STOP_BITS_1,
        .flow_ctrl = UART_HW_FLOWCTRL_DISABLE,
        .source_clk = UART_SCLK_DEFAULT,
    };

    port.machine = the;
    port.uart = (uart_port_t)channel;
    if (uart_driver_install(port.uart, RECEIVED_MOST, 0, EVENTS, &port.events, 0) != ESP_OK)
        return false;
    port.open = uart_param_config(port.uart, &config) == ESP_OK &&
                xTaskCreate(await_octets, "control", TASK_STACK, NULL, TASK_PRIORITY, NULL) == pdPASS;
    if (!port.open)
        uart_driver_delete(port.uart);
    return port.open;
}

static void flush(void) {
    uart_write_bytes(port.uart, port.piece, port.size);
    port.size = 0;
}

void control_port_write(const char *text, size_t length) {
    while (port.open && length > 0) {
        size_t count = sizeof(port.piece) - port.size;

        if (count > length)
            count = length;
        memcpy(port.piece + port.size, text, count);
        port.size += count;
        text += count;
        length -= count;
        if (port.size == sizeof(port.piece))
            flush();
    }
}

void control_port_end(void) {
    if (port.open && port.size > 0)
        flush();
}

void control_port_call(xsMachine *the, xsSlot *function, xsSlot *argument) {
    if (argument)
        xsCallFunction1(*function, xsGlobal, *argument);
    else
        xsCallFunction0(*function, xsGlobal);
}
