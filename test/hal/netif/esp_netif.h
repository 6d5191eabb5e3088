/* Interfaces as ESP-IDF v6.0 has them, as far as hal/esp32s3/dhcp.c uses them; test/hal/dhcp.c is their model. */
#ifndef LINNET_TEST_ESP_NETIF_H
#define LINNET_TEST_ESP_NETIF_H

#include <stdbool.h>
#include <stdint.h>

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED 0x5003
#define ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED 0x5004
#define ESP_ERR_ESP_NETIF_DHCP_NOT_STOPPED 0x5005

typedef struct {
    uint32_t addr;
} esp_ip4_addr_t;
typedef struct {
    esp_ip4_addr_t ip, netmask, gw;
} esp_netif_ip_info_t;
typedef enum { ESP_NETIF_DNS_MAIN, ESP_NETIF_DNS_BACKUP } esp_netif_dns_type_t;
#define ESP_IPADDR_TYPE_V4 0
typedef struct {
    struct {
        union {
            esp_ip4_addr_t ip4;
        } u_addr;
        uint8_t type;
    } ip;
} esp_netif_dns_info_t;
typedef struct esp_netif esp_netif_t;

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
const char *esp_err_to_name(esp_err_t error);

#endif
