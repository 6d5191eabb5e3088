/*
 * What dhcp.c does to an interface before it asks for an address. From any task.
 */
#ifndef LINNET_DHCP_H
#define LINNET_DHCP_H

#include "esp_netif.h"

/* Gives the interface the phone's name, which DHCP tells; before it has link. NULL is none. */
void dhcp_name(esp_netif_t *netif);
/* Has the interface ask for no address until xs_dhcp_configure(), also when it gets link: as long as Wi-Fi is still in
 * a network, two interfaces with the phone's one MAC address must not be heard. NULL is none. */
void dhcp_hold(esp_netif_t *netif);

#endif
