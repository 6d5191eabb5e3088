/* ESP-IDF: Ethernet. */
#ifndef DECLARED_ESP_ETH_H
#define DECLARED_ESP_ETH_H

#include <stdint.h>

#include "esp_err.h"
#include "esp_event.h"

typedef void *esp_eth_handle_t;
typedef struct esp_eth_mac_s esp_eth_mac_t;
typedef struct esp_eth_phy_s esp_eth_phy_t;
typedef struct esp_eth_netif_glue_t *esp_eth_netif_glue_handle_t;

struct esp_eth_mac_s {
    esp_err_t (*del)(esp_eth_mac_t *mac);
};

struct esp_eth_phy_s {
    esp_err_t (*del)(esp_eth_phy_t *phy);
};

typedef struct {
    esp_eth_mac_t *mac;
    esp_eth_phy_t *phy;
    uint32_t check_link_period_ms;
} esp_eth_config_t;

typedef struct {
    uint32_t rx_task_stack_size;
    uint32_t rx_task_prio;
} eth_mac_config_t;

typedef struct {
    uint32_t autonego_timeout_ms;
    int reset_gpio_num;
} eth_phy_config_t;

typedef enum { ETH_CMD_S_MAC_ADDR = 1 } esp_eth_io_cmd_t;
typedef enum { ETHERNET_EVENT_CONNECTED = 2, ETHERNET_EVENT_DISCONNECTED = 3 } eth_event_t;

extern esp_event_base_t const ETH_EVENT;

#define ETH_DEFAULT_CONFIG(emac, ephy)                                                                                 \
    { .mac = emac, .phy = ephy, .check_link_period_ms = 2000 }
#define ETH_MAC_DEFAULT_CONFIG()                                                                                       \
    { .rx_task_stack_size = 4096, .rx_task_prio = 15 }
#define ETH_PHY_DEFAULT_CONFIG()                                                                                       \
    { .autonego_timeout_ms = 4000, .reset_gpio_num = 5 }

esp_err_t esp_eth_driver_install(const esp_eth_config_t *config, esp_eth_handle_t *handle);
esp_err_t esp_eth_start(esp_eth_handle_t handle);
esp_err_t esp_eth_ioctl(esp_eth_handle_t handle, esp_eth_io_cmd_t command, void *data);
esp_eth_netif_glue_handle_t esp_eth_new_netif_glue(esp_eth_handle_t handle);

#endif
