/* What lwIP's own files know of connections, as far as hal/esp32s3/acknowledge.c uses it. */
#ifndef LINNET_TEST_LWIP_TCP_PRIV_H
#define LINNET_TEST_LWIP_TCP_PRIV_H

#include "lwip/tcp.h"

extern struct tcp_pcb *tcp_active_pcbs;

#define tcp_ack_now(pcb) ((pcb)->flags |= TF_ACK_NOW)

#endif
