/*
 * Natives of ethernet.ts: an interface over the driver of the board's Ethernet chip. It goes before Wi-Fi's while its
 * cable has link; its address comes by the same DHCP client (dhcp.c).
 */
#include "ethernet.h"

#include "esp_eth.h"
#include "esp_event.h"
#include "esp_mac.h"
#include "esp_netif.h"
#include "xsmc.h"
#include "xsHost.h"

#include "../dhcp.h"

/* Wi-Fi's station has 100. */
#define ROUTE_PRIORITY 150

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

esp_err_t ethernet_install_over(esp_eth_mac_t *mac, esp_eth_phy_t *phy, esp_eth_handle_t *handle) {
    esp_eth_config_t config = ETH_DEFAULT_CONFIG(mac, phy);
    esp_err_t error = mac && phy ? esp_eth_driver_install(&config, handle) : ESP_ERR_NO_MEM;

    if (error == ESP_OK)
        return error;
    if (mac)
        mac->del(mac);
    if (phy)
        phy->del(phy);
    return error;
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

static esp_err_t open_board(const struct ethernet_pins *pins) {
    esp_eth_handle_t handle = NULL;
    esp_err_t error = esp_netif_init();

    if (error == ESP_OK)
        error = esp_event_loop_create_default();
    /* there already when Wi-Fi made it */
    if (error == ESP_OK || error == ESP_ERR_INVALID_STATE)
        error = ethernet_install(pins, &handle);
    return error == ESP_OK ? start(handle) : error;
}

/* (SPI unit, Hz, clock, MOSI, MISO, chip select, interrupt, reset, callback): '' or what is wrong. */
void xs_ethernet_start(xsMachine *the) {
    struct ethernet_pins pins = {
        .unit = (int)xsmcToInteger(xsArg(0)),
        .hz = (int)xsmcToInteger(xsArg(1)),
        .clk = (int)xsmcToInteger(xsArg(2)),
        .mosi = (int)xsmcToInteger(xsArg(3)),
        .miso = (int)xsmcToInteger(xsArg(4)),
        .cs = (int)xsmcToInteger(xsArg(5)),
        .interrupt = (int)xsmcToInteger(xsArg(6)),
        .reset = (int)xsmcToInteger(xsArg(7)),
    };

    if (machine)
        xsUnknownError("Ethernet has been started");
    changed = xsArg(8);
    xsRemember(changed);
    machine = the;
    esp_err_t error = open_board(&pins);
    xsmcSetString(xsResult, (char *)(error == ESP_OK ? "" : esp_err_to_name(error)));
}

void xs_ethernet_has_link(xsMachine *the) {
    xsmcSetBoolean(xsResult, linked);
}
