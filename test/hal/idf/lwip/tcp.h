/* lwIP's connections as far as hal/esp32s3/acknowledge.c and closing.c use them. */
#ifndef LINNET_TEST_LWIP_TCP_H
#define LINNET_TEST_LWIP_TCP_H

#include <stdint.h>

typedef uint8_t u8_t;
typedef uint16_t u16_t;
typedef int8_t err_t;

#define TF_ACK_DELAY 0x01U
#define TF_ACK_NOW 0x02U

#define ERR_OK 0
#define ERR_CONN (-11)
#define ERR_RST (-14)

enum tcp_state { CLOSED, LISTEN, ESTABLISHED };

struct tcp_pcb;
typedef void (*tcp_err_fn)(void *arg, err_t err);
typedef err_t (*tcp_recv_fn)(void *arg, struct tcp_pcb *pcb, void *p, err_t err);
typedef err_t (*tcp_sent_fn)(void *arg, struct tcp_pcb *pcb, u16_t length);

struct tcp_pcb {
    struct tcp_pcb *next;
    u16_t flags;
    enum tcp_state state;
    void *callback_arg;
    tcp_err_fn errf;
    tcp_recv_fn recv;
    tcp_sent_fn sent;
};

err_t tcp_output(struct tcp_pcb *pcb);
void tcp_arg(struct tcp_pcb *pcb, void *arg);

#endif
