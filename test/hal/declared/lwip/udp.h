/* lwIP: UDP. */
#ifndef DECLARED_LWIP_UDP_H
#define DECLARED_LWIP_UDP_H

#include "lwip/pbuf.h"

struct udp_pcb {
    u8_t tos;
};

#endif
