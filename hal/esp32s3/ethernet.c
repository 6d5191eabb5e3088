/*
 * Natives of ethernet.ts: a W5500 by Espressif's driver (component espressif/w5500), which ESP-IDF 6.0 no longer has
 * itself. The interface goes before Wi-Fi's while its cable has link; its address comes by the same DHCP client
 * (dhcp.c).
 *
 * Untried on hardware: checked against the headers of ESP-IDF v6.0 and of the driver alone.
 */
#include "xsmc.h"
#include "xsHost.h"

#include "dhcp.h"

#if __has_include("esp_eth_mac_w5500.h")

#include "driver/gpio.h"
#include "driver/spi_master.h"
#include "esp_eth.h"
#include "esp_eth_mac_w5500.h"
#include "esp_eth_phy_w5500.h"
#include "esp_event.h"
#include "esp_mac.h"
#include "esp_netif.h"

/* Wi-Fi's station has 100. */
#define ROUTE_PRIORITY 150
/* Below lwIP's task (18) and the audio task (19), above JavaScript: packets are handed on as they come. */
#define TASK_PRIORITY 15
#define TASK_STACK 4096
/* What the driver's own examples give the chip: frames in flight to it. */
#define SPI_QUEUE 20

static xsMachine *machine;
static xsSlot changed;
/* Written by the event task, read by the XS task. */
static volatile bool linked;

static void deliver(void *the, void *refcon, uint8_t *message, uint16_t length) {
    (void)refcon;
    (void)message;
    (void)length;
    xsBeginHost(the);
    xsCallFunction0(changed, xsGlobal);
    xsEndHost(the);
}

/* On the event task. */
static void link_event(void *argument, esp_event_base_t base, int32_t id, void *data) {
    (void)argument;
    (void)base;
    (void)data;
    if (id != ETHERNET_EVENT_CONNECTED && id != ETHERNET_EVENT_DISCONNECTED)
        return;
    linked = id == ETHERNET_EVENT_CONNECTED;
    if (!linked)
        dhcp_hold(esp_netif_get_handle_from_ifkey("ETH_DEF"));
    modMessagePostToMachine(machine, NULL, 0, deliver, NULL);
}

static esp_err_t open_spi(int host, int clock, int mosi, int miso) {
    spi_bus_config_t bus = {
        .mosi_io_num = mosi,
        .miso_io_num = miso,
        .sclk_io_num = clock,
        .quadwp_io_num = -1,
        .quadhd_io_num = -1,
    };
    return spi_bus_initialize((spi_host_device_t)host, &bus, SPI_DMA_CH_AUTO);
}

/* The driver installed on the chip, NULL when it does not answer. */
static esp_eth_handle_t install(int host, int hz, int cs, int interrupt, int reset) {
    spi_device_interface_config_t device = {
        .mode = 0,
        .clock_speed_hz = hz,
        .spics_io_num = cs,
        .queue_size = SPI_QUEUE,
    };
    eth_w5500_config_t chip = ETH_W5500_DEFAULT_CONFIG((spi_host_device_t)host, &device);
    eth_mac_config_t mac_config = ETH_MAC_DEFAULT_CONFIG();
    eth_phy_config_t phy_config = ETH_PHY_DEFAULT_CONFIG();
    esp_eth_handle_t handle = NULL;

    chip.base.int_gpio_num = interrupt;
    mac_config.rx_task_prio = TASK_PRIORITY;
    mac_config.rx_task_stack_size = TASK_STACK;
    phy_config.reset_gpio_num = reset;
    esp_eth_mac_t *mac = esp_eth_mac_new_w5500(&chip, &mac_config);
    esp_eth_phy_t *phy = esp_eth_phy_new_w5500(&phy_config);
    esp_eth_config_t config = ETH_DEFAULT_CONFIG(mac, phy);
    if (mac && phy && esp_eth_driver_install(&config, &handle) == ESP_OK)
        return handle;
    if (mac)
        mac->del(mac);
    if (phy)
        phy->del(phy);
    return NULL;
}

static esp_err_t start(esp_eth_handle_t handle) {
    esp_netif_inherent_config_t inherent = ESP_NETIF_INHERENT_DEFAULT_ETH();
    esp_netif_config_t config = {.base = &inherent, .stack = ESP_NETIF_NETSTACK_DEFAULT_ETH};
    uint8_t mac[6];

    inherent.route_prio = ROUTE_PRIORITY;
    /* the phone has one address, whichever way it goes: Wi-Fi is left before this interface asks for anything */
    esp_err_t error = esp_read_mac(mac, ESP_MAC_WIFI_STA);
    if (error == ESP_OK)
        error = esp_eth_ioctl(handle, ETH_CMD_S_MAC_ADDR, mac);
    if (error != ESP_OK)
        return error;
    esp_netif_t *netif = esp_netif_new(&config);
    if (!netif)
        return ESP_ERR_NO_MEM;
    dhcp_name(netif);
    dhcp_hold(netif);
    error = esp_netif_attach(netif, esp_eth_new_netif_glue(handle));
    /* after the interface's own handlers, which its glue has registered */
    if (error == ESP_OK)
        error = esp_event_handler_register(ETH_EVENT, ESP_EVENT_ANY_ID, link_event, NULL);
    if (error == ESP_OK)
        error = esp_eth_start(handle);
    return error;
}

/* (SPI unit, Hz, clock, MOSI, MISO, chip select, interrupt, reset, callback): '' or what is wrong. */
void xs_ethernet_start_w5500(xsMachine *the) {
    /* the chip has units 2 and 3, ESP-IDF numbers them from SPI1_HOST */
    int host = (int)xsmcToInteger(xsArg(0)) - 1 + SPI1_HOST;
    esp_err_t error = esp_netif_init();

    if (machine)
        xsUnknownError("Ethernet has been started");
    if (error == ESP_OK)
        error = esp_event_loop_create_default();
    /* there already when Wi-Fi or another driver made them */
    if (error == ESP_OK || error == ESP_ERR_INVALID_STATE)
        error = gpio_install_isr_service(0);
    if (error == ESP_OK || error == ESP_ERR_INVALID_STATE)
        error =
            open_spi(host, (int)xsmcToInteger(xsArg(2)), (int)xsmcToInteger(xsArg(3)), (int)xsmcToInteger(xsArg(4)));
    if (error == ESP_OK) {
        esp_eth_handle_t handle = install(host, (int)xsmcToInteger(xsArg(1)), (int)xsmcToInteger(xsArg(5)),
                                          (int)xsmcToInteger(xsArg(6)), (int)xsmcToInteger(xsArg(7)));
        if (handle) {
            changed = xsArg(8);
            xsRemember(changed);
            machine = the;
            error = start(handle);
        } else
            error = ESP_ERR_NOT_FOUND;
    }
    xsmcSetString(xsResult, (char *)(error == ESP_OK ? "" : esp_err_to_name(error)));
}

void xs_ethernet_has_link(xsMachine *the) {
    xsmcSetBoolean(xsResult, linked);
}

#else

void xs_ethernet_start_w5500(xsMachine *the) {
    xsmcSetString(xsResult, (char *)"this build has no driver for it");
}

void xs_ethernet_has_link(xsMachine *the) {
    xsmcSetBoolean(xsResult, false);
}

#endif
