/*
 * hal/esp32s3/dhcp.c on a model of ESP-IDF's interfaces: Ethernet, which is held until it may ask, beside Wi-Fi; name
 * servers are all interfaces' in common. Prints what came of it as JSON.
 */
#include "../../hal/esp32s3/dhcp.h"

#include <stdio.h>
#include <string.h>

#include "esp_event.h"
#include "xsHost.h"

enum { Init, Started, Stopped };

esp_event_base_t const IP_EVENT = "IP_EVENT";

struct esp_netif_obj {
    const char *key;
    bool up;
    int status;
    esp_netif_ip_info_t ip;
};

static struct esp_netif_obj ethernet = {.key = "ETH_DEF"}, wifi = {.key = "WIFI_STA_DEF"};
static int servers, calls, posts, full;
static bool cable_goes;
static esp_event_handler_t handler;
static modMessageDeliver message;
static xsMachine machine;

void xs_dhcp_start(xsMachine *the);
void xs_dhcp_configure(xsMachine *the);

void xs_called(void) {
    calls++;
}

int modMessagePostToMachine(xsMachine *the, uint8_t *text, uint16_t length, modMessageDeliver callback, void *refcon) {
    (void)the;
    (void)text;
    (void)length;
    (void)refcon;
    if (full)
        return -2;
    posts++;
    message = callback;
    return 0;
}

esp_err_t esp_event_loop_create_default(void) {
    return ESP_OK;
}

esp_err_t esp_event_handler_register(esp_event_base_t base, int32_t id, esp_event_handler_t given, void *argument) {
    (void)base;
    (void)id;
    (void)argument;
    handler = given;
    return ESP_OK;
}

esp_netif_t *esp_netif_get_handle_from_ifkey(const char *key) {
    return strcmp(key, ethernet.key) == 0 ? &ethernet : &wifi;
}

bool esp_netif_is_netif_up(esp_netif_t *netif) {
    return netif->up;
}

esp_err_t esp_netif_set_hostname(esp_netif_t *netif, const char *name) {
    (void)netif;
    (void)name;
    return ESP_OK;
}

/* What the event task does, ESP-IDF's handler first. */
static void plug(bool cable) {
    ethernet.up = cable;
    if (cable) {
        if (ethernet.status == Init)
            ethernet.status = Started;
        return;
    }
    if (ethernet.status == Started) {
        ethernet.status = Init;
        memset(&ethernet.ip, 0, sizeof ethernet.ip);
    }
    dhcp_hold(&ethernet);
}

/* The event task comes between the XS task's questions. */
static void interrupted(void) {
    if (!cable_goes)
        return;
    cable_goes = false;
    plug(false);
}

esp_err_t esp_netif_dhcpc_start(esp_netif_t *netif) {
    interrupted();
    if (netif->status == Started)
        return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED;
    memset(&netif->ip, 0, sizeof netif->ip);
    servers = 0;
    netif->status = netif->up ? Started : Init;
    return ESP_OK;
}

esp_err_t esp_netif_dhcpc_stop(esp_netif_t *netif) {
    if (netif->status == Stopped)
        return ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED;
    if (netif->status == Started)
        memset(&netif->ip, 0, sizeof netif->ip);
    netif->status = Stopped;
    return ESP_OK;
}

esp_err_t esp_netif_get_ip_info(esp_netif_t *netif, esp_netif_ip_info_t *info) {
    *info = netif->ip;
    return ESP_OK;
}

esp_err_t esp_netif_set_ip_info(esp_netif_t *netif, const esp_netif_ip_info_t *info) {
    if (info->ip.addr != 0)
        interrupted();
    if (netif->status != Stopped)
        return ESP_ERR_ESP_NETIF_DHCP_NOT_STOPPED;
    servers = 0;
    netif->ip = *info;
    return ESP_OK;
}

esp_err_t esp_netif_get_dns_info(esp_netif_t *netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *info) {
    (void)netif;
    (void)type;
    memset(info, 0, sizeof *info);
    return ESP_OK;
}

esp_err_t esp_netif_set_dns_info(esp_netif_t *netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *info) {
    (void)netif;
    (void)type;
    (void)info;
    servers++;
    return ESP_OK;
}

uint32_t esp_ip4addr_aton(const char *text) {
    return (uint32_t)strlen(text);
}

const char *esp_err_to_name(esp_err_t error) {
    (void)error;
    return "error";
}

static void configure(const char *address) {
    strcpy(machine.arguments[0].text, address);
    strcpy(machine.arguments[1].text, "255.255.255.0");
    strcpy(machine.arguments[2].text, "");
    strcpy(machine.arguments[3].text, "192.0.2.2");
    xs_dhcp_configure(&machine);
}

static void show(const char *name) {
    printf("\"%s\":[%d,%d,%d],", name, ethernet.status, ethernet.ip.ip.addr != 0, servers);
}

int main(void) {
    strcpy(machine.arguments[0].text, "SEP001122334455");
    xs_dhcp_start(&machine);
    dhcp_hold(&ethernet);
    wifi = (struct esp_netif_obj){.key = wifi.key, .up = true, .status = Started, .ip.ip.addr = 1};
    servers = 2;
    printf("{");
    plug(true);
    plug(false);
    show("glitch");
    plug(true);
    show("held");
    configure("");
    show("asks");
    plug(false);
    plug(true);
    show("again");
    configure("192.0.2.30");
    show("byHand");
    plug(false);
    show("out");
    plug(true);
    cable_goes = true;
    configure("192.0.2.30");
    show("goneByHand");
    plug(true);
    cable_goes = true;
    configure("");
    show("gone");
    plug(true);
    show("back");

    full = 1;
    handler(NULL, IP_EVENT, IP_EVENT_ETH_GOT_IP, NULL);
    full = 0;
    handler(NULL, IP_EVENT, IP_EVENT_ETH_GOT_IP, NULL);
    handler(NULL, IP_EVENT, IP_EVENT_ETH_LOST_IP, NULL);
    printf("\"posts\":%d,", posts);
    if (message)
        message(&machine, NULL, NULL, 0);
    handler(NULL, IP_EVENT, IP_EVENT_ETH_LOST_IP, NULL);
    printf("\"later\":%d,\"calls\":%d}", posts, calls);
    return 0;
}
