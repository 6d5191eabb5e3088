/* lwIP: packets. */
#ifndef DECLARED_LWIP_PBUF_H
#define DECLARED_LWIP_PBUF_H

#include "lwip/arch.h"

struct pbuf {
    void *payload;
    u16_t len;
};

#endif
