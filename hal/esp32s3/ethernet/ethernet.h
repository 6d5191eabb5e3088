/*
 * Between what all Ethernet chips have in common (ethernet.c) and the driver of one. A board's manifest includes the
 * manifest of its chip's folder, which brings both: an image has the driver of its board and no other, or is not built.
 */
#ifndef LINNET_ETHERNET_H
#define LINNET_ETHERNET_H

#include "esp_eth.h"

/* Where a chip on SPI is; a MAC inside the chip needs none of it. */
struct ethernet_pins {
    /* SPI2 or SPI3. */
    int unit;
    int hz;
    /* GPIO numbers. */
    int clk;
    int mosi;
    int miso;
    int cs;
    int interrupt;
    int reset;
};

/* What the MAC's task, which hands frames to lwIP, is made with: below lwIP's task (18) and the audio task (19), above
 * JavaScript, so that packets are handed on as they come. */
#define ETHERNET_TASK_PRIORITY 15
#define ETHERNET_TASK_STACK 4096

/* Installs the board's driver; called once. An error where the chip does not answer or memory is out. */
esp_err_t ethernet_install(const struct ethernet_pins *pins, esp_eth_handle_t *handle);

/* The common end of ethernet_install: a driver over this MAC and PHY, which are gone when it cannot be made. NULL for
 * one that could not be had. */
esp_err_t ethernet_install_over(esp_eth_mac_t *mac, esp_eth_phy_t *phy, esp_eth_handle_t *handle);

#endif
