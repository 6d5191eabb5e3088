/* ESP-IDF: pins. */
#ifndef DECLARED_DRIVER_GPIO_H
#define DECLARED_DRIVER_GPIO_H

#include "esp_err.h"

typedef enum { GPIO_NUM_NC = -1, GPIO_NUM_0 = 0, GPIO_NUM_48 = 48 } gpio_num_t;

esp_err_t gpio_install_isr_service(int flags);

#endif
