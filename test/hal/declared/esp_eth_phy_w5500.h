/* Component espressif/w5500 2.0.0: the PHY. */
#ifndef DECLARED_ESP_ETH_PHY_W5500_H
#define DECLARED_ESP_ETH_PHY_W5500_H

#include "esp_eth.h"

esp_eth_phy_t *esp_eth_phy_new_w5500(const eth_phy_config_t *config);

#endif
