/* ESP-IDF: Wi-Fi. */
#ifndef DECLARED_ESP_WIFI_H
#define DECLARED_ESP_WIFI_H

#include <stdint.h>

#include "esp_err.h"

typedef enum { WIFI_IF_STA = 0 } wifi_interface_t;

esp_err_t esp_wifi_set_inactive_time(wifi_interface_t interface, uint16_t seconds);

#endif
