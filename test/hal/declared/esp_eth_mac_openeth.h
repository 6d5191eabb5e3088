/* ESP-IDF: the MAC of OpenCores. */
#ifndef DECLARED_ESP_ETH_MAC_OPENETH_H
#define DECLARED_ESP_ETH_MAC_OPENETH_H

#include "esp_eth.h"

esp_eth_mac_t *esp_eth_mac_new_openeth(const eth_mac_config_t *config);

#endif
