/* ESP-IDF: PHYs of Ethernet. */
#ifndef DECLARED_ESP_ETH_PHY_H
#define DECLARED_ESP_ETH_PHY_H

#include "esp_eth.h"

esp_eth_phy_t *esp_eth_phy_new_generic(const eth_phy_config_t *config);

#endif
