/* lwIP: TCP from within. */
#ifndef DECLARED_LWIP_PRIV_TCP_PRIV_H
#define DECLARED_LWIP_PRIV_TCP_PRIV_H

#include "lwip/tcp.h"

extern struct tcp_pcb *tcp_active_pcbs;

/* Sets a flag in the connection. */
#define tcp_ack_now(pcb) ((pcb)->flags = (tcpflags_t)((pcb)->flags | TF_ACK_NOW))

#endif
