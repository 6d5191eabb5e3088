/* Component espressif/w5500 2.0.0: the MAC. */
#ifndef DECLARED_ESP_ETH_MAC_W5500_H
#define DECLARED_ESP_ETH_MAC_W5500_H

#include "driver/spi_master.h"
#include "esp_eth.h"

typedef struct {
    int int_gpio_num;
    spi_host_device_t spi_host_id;
    spi_device_interface_config_t *spi_devcfg;
} eth_wiznet_config_t;

typedef struct {
    eth_wiznet_config_t base;
} eth_w5500_config_t;

#define ETH_W5500_DEFAULT_CONFIG(host, device)                                                                         \
    {                                                                                                                  \
        .base = {.int_gpio_num = 4, .spi_host_id = host, .spi_devcfg = device }                                        \
    }

esp_eth_mac_t *esp_eth_mac_new_w5500(const eth_w5500_config_t *chip, const eth_mac_config_t *config);

#endif
