/* ESP-IDF v6.0's UART driver, as far as the control channel uses it. */
#ifndef DRIVER_UART_H
#define DRIVER_UART_H

#include <stddef.h>
#include <stdint.h>

#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_FAIL (-1)

typedef int uart_port_t;
enum { UART_DATA_8_BITS = 3, UART_PARITY_DISABLE = 0, UART_STOP_BITS_1 = 1, UART_HW_FLOWCTRL_DISABLE = 0 };
enum { UART_SCLK_DEFAULT = 4 };

typedef struct {
    int baud_rate;
    int data_bits;
    int parity;
    int stop_bits;
    int flow_ctrl;
    uint8_t rx_flow_ctrl_thresh;
    int source_clk;
} uart_config_t;

typedef struct {
    int type;
    size_t size;
} uart_event_t;

esp_err_t uart_driver_install(uart_port_t uart, int receive, int transmit, int events, QueueHandle_t *queue, int flags);
esp_err_t uart_driver_delete(uart_port_t uart);
esp_err_t uart_param_config(uart_port_t uart, const uart_config_t *config);
int uart_write_bytes(uart_port_t uart, const void *data, size_t size);
int uart_read_bytes(uart_port_t uart, void *data, uint32_t size, TickType_t wait);

#endif
