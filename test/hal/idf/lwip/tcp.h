/* lwIP's connections as far as hal/esp32s3/acknowledge.c uses them. */
#ifndef LINNET_TEST_LWIP_TCP_H
#define LINNET_TEST_LWIP_TCP_H

#include <stdint.h>

typedef uint8_t u8_t;
typedef uint16_t u16_t;
typedef int8_t err_t;

#define TF_ACK_DELAY 0x01U
#define TF_ACK_NOW 0x02U

struct tcp_pcb {
    struct tcp_pcb *next;
    u16_t flags;
};

err_t tcp_output(struct tcp_pcb *pcb);

#endif
