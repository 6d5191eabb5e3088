/*
 * The Ethernet MAC of OpenCores, which Espressif's QEMU gives its chips in place of a radio: ESP-IDF's own driver
 * (CONFIG_ETH_USE_OPENETH in the board's configuration), with the PHY that QEMU emulates behind it.
 */
#include "../ethernet.h"

#include "esp_eth_mac_openeth.h"
#include "esp_eth_phy.h"

esp_err_t ethernet_install(const struct ethernet_pins *pins, esp_eth_handle_t *handle) {
    eth_mac_config_t mac = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy = ETH_PHY_DEFAULT_CONFIG();

    (void)pins;
    mac.rx_task_prio = ETHERNET_TASK_PRIORITY;
    mac.rx_task_stack_size = ETHERNET_TASK_STACK;
    /* it has no speed to agree on */
    phy.autonego_timeout_ms = 100;
    return ethernet_install_over(esp_eth_mac_new_openeth(&mac), esp_eth_phy_new_generic(&phy), handle);
}
