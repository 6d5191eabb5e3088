/* lwIP: messages of DHCP, with the room for options that the boards configure. */
#ifndef DECLARED_LWIP_PROT_DHCP_H
#define DECLARED_LWIP_PROT_DHCP_H

#include "lwip/arch.h"

#define DHCP_OPTIONS_LEN 192U

struct dhcp_msg {
    u8_t options[DHCP_OPTIONS_LEN];
};

#endif
