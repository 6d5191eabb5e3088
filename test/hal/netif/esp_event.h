/* ESP-IDF's events, as far as hal/esp32s3/dhcp.c uses them. */
#ifndef LINNET_TEST_ESP_EVENT_H
#define LINNET_TEST_ESP_EVENT_H

#include "esp_netif.h"

typedef const char *esp_event_base_t;
typedef void (*esp_event_handler_t)(void *argument, esp_event_base_t base, int32_t id, void *data);
#define IP_EVENT "IP_EVENT"
#define ESP_EVENT_ANY_ID (-1)
enum { IP_EVENT_STA_GOT_IP, IP_EVENT_STA_LOST_IP, IP_EVENT_ETH_GOT_IP, IP_EVENT_ETH_LOST_IP };

esp_err_t esp_event_loop_create_default(void);
esp_err_t esp_event_handler_register(esp_event_base_t base, int32_t id, esp_event_handler_t handler, void *argument);

#endif
