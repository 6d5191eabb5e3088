/* lwIP: TCP. */
#ifndef DECLARED_LWIP_TCP_H
#define DECLARED_LWIP_TCP_H

#include "lwip/pbuf.h"

enum tcp_state { CLOSED = 0, LISTEN = 1, ESTABLISHED = 4 };

struct tcp_pcb;
typedef u16_t tcpflags_t;
typedef err_t (*tcp_recv_fn)(void *argument, struct tcp_pcb *pcb, struct pbuf *data, err_t error);
typedef err_t (*tcp_sent_fn)(void *argument, struct tcp_pcb *pcb, u16_t length);
typedef void (*tcp_err_fn)(void *argument, err_t error);
typedef err_t (*tcp_accept_fn)(void *argument, struct tcp_pcb *pcb, err_t error);

struct ip_addr {
    u32_t address;
};
char *ipaddr_ntoa_r(const struct ip_addr *address, char *buffer, int size);

struct tcp_pcb {
    struct tcp_pcb *next;
    enum tcp_state state;
    u8_t prio;
    u8_t tos;
    struct ip_addr remote_ip;
    tcpflags_t flags;
    void *callback_arg;
    tcp_sent_fn sent;
    tcp_recv_fn recv;
    tcp_err_fn errf;
};

#define TF_ACK_DELAY 0x01U
#define TF_ACK_NOW 0x02U

#define TF_NODELAY 0x40U
#define TCP_PRIO_MIN 1
#define tcp_nagle_disable(pcb) ((pcb)->flags |= TF_NODELAY)

void tcp_setprio(struct tcp_pcb *pcb, u8_t priority);
void tcp_arg(struct tcp_pcb *pcb, void *argument);
err_t tcp_output(struct tcp_pcb *pcb);

#endif
