/* ESP-IDF: network interfaces. */
#ifndef DECLARED_ESP_NETIF_H
#define DECLARED_ESP_NETIF_H

#include <stdbool.h>
#include <stdint.h>

#include "esp_err.h"
#include "esp_event.h"

typedef struct esp_netif_obj esp_netif_t;

typedef struct esp_ip4_addr {
    uint32_t addr;
} esp_ip4_addr_t;

typedef struct {
    esp_ip4_addr_t ip;
    esp_ip4_addr_t netmask;
    esp_ip4_addr_t gw;
} esp_netif_ip_info_t;

typedef struct {
    union {
        esp_ip4_addr_t ip4;
    } u_addr;
    uint8_t type;
} esp_ip_addr_t;

typedef struct {
    esp_ip_addr_t ip;
} esp_netif_dns_info_t;

typedef enum { ESP_NETIF_DNS_MAIN = 0, ESP_NETIF_DNS_BACKUP = 1 } esp_netif_dns_type_t;

typedef struct esp_netif_inherent_config {
    const char *if_key;
    int route_prio;
} esp_netif_inherent_config_t;

typedef struct esp_netif_netstack_config esp_netif_netstack_config_t;

typedef struct esp_netif_config {
    const esp_netif_inherent_config_t *base;
    const esp_netif_netstack_config_t *stack;
} esp_netif_config_t;

typedef void *esp_netif_iodriver_handle;

typedef enum {
    IP_EVENT_STA_GOT_IP = 0,
    IP_EVENT_STA_LOST_IP = 1,
    IP_EVENT_ETH_GOT_IP = 4,
    IP_EVENT_ETH_LOST_IP = 5
} ip_event_t;

extern esp_event_base_t const IP_EVENT;
extern const esp_netif_netstack_config_t *_g_esp_netif_netstack_default_eth;

#define ESP_IPADDR_TYPE_V4 0U
#define ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED 0x5004
#define ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED 0x5005
#define ESP_ERR_ESP_NETIF_DHCP_NOT_STOPPED 0x5007
#define ESP_NETIF_NETSTACK_DEFAULT_ETH _g_esp_netif_netstack_default_eth
#define ESP_NETIF_INHERENT_DEFAULT_ETH()                                                                               \
    { .if_key = "ETH_DEF", .route_prio = 50 }

esp_err_t esp_netif_init(void);
esp_netif_t *esp_netif_new(const esp_netif_config_t *config);
esp_err_t esp_netif_attach(esp_netif_t *netif, esp_netif_iodriver_handle driver);
esp_netif_t *esp_netif_get_handle_from_ifkey(const char *key);
bool esp_netif_is_netif_up(esp_netif_t *netif);
esp_err_t esp_netif_set_hostname(esp_netif_t *netif, const char *name);
esp_err_t esp_netif_dhcpc_start(esp_netif_t *netif);
esp_err_t esp_netif_dhcpc_stop(esp_netif_t *netif);
esp_err_t esp_netif_get_ip_info(esp_netif_t *netif, esp_netif_ip_info_t *info);
esp_err_t esp_netif_set_ip_info(esp_netif_t *netif, const esp_netif_ip_info_t *info);
esp_err_t esp_netif_get_dns_info(esp_netif_t *netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *info);
esp_err_t esp_netif_set_dns_info(esp_netif_t *netif, esp_netif_dns_type_t type, esp_netif_dns_info_t *info);
uint32_t esp_ip4addr_aton(const char *text);

#endif
