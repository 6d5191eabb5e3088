/*
 * A W5500 on SPI by Espressif's driver (component espressif/w5500), which ESP-IDF 6.0 no longer has itself.
 *
 * Untried on hardware: linked by ESP-IDF v6.0, not run, since no emulator has the chip.
 */
#include "../ethernet.h"

#include "driver/gpio.h"
#include "driver/spi_master.h"
#include "esp_eth_mac_w5500.h"
#include "esp_eth_phy_w5500.h"

/* What the driver's own examples give the chip: frames in flight to it. */
#define SPI_QUEUE 20

static esp_err_t open_spi(int host, const struct ethernet_pins *pins) {
    spi_bus_config_t bus = {
        .mosi_io_num = pins->mosi,
        .miso_io_num = pins->miso,
        .sclk_io_num = pins->clk,
        .quadwp_io_num = -1,
        .quadhd_io_num = -1,
    };

    return spi_bus_initialize((spi_host_device_t)host, &bus, SPI_DMA_CH_AUTO);
}

esp_err_t ethernet_install(const struct ethernet_pins *pins, esp_eth_handle_t *handle) {
    /* the chip has units 2 and 3, ESP-IDF numbers them from SPI1_HOST */
    int host = pins->unit - 1 + SPI1_HOST;
    spi_device_interface_config_t device = {
        .mode = 0,
        .clock_speed_hz = pins->hz,
        .spics_io_num = pins->cs,
        .queue_size = SPI_QUEUE,
    };
    eth_w5500_config_t chip = ETH_W5500_DEFAULT_CONFIG((spi_host_device_t)host, &device);
    eth_mac_config_t mac = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy = ETH_PHY_DEFAULT_CONFIG();
    esp_err_t error = gpio_install_isr_service(0);

    /* there already when another driver made it */
    if (error == ESP_OK || error == ESP_ERR_INVALID_STATE)
        error = open_spi(host, pins);
    if (error != ESP_OK)
        return error;
    chip.base.int_gpio_num = pins->interrupt;
    mac.rx_task_prio = ETHERNET_TASK_PRIORITY;
    mac.rx_task_stack_size = ETHERNET_TASK_STACK;
    phy.reset_gpio_num = pins->reset;
    return ethernet_install_over(esp_eth_mac_new_w5500(&chip, &mac), esp_eth_phy_new_w5500(&phy), handle);
}
