/* lwIP: its DHCP client. */
#ifndef DECLARED_LWIP_DHCP_H
#define DECLARED_LWIP_DHCP_H

#include "lwip/arch.h"

struct dhcp;
struct netif;

#endif
