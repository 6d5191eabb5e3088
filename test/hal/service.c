/*
 * hal/esp32s3/service.c on a model of lwIP: what it opens, and what it has no memory for. Prints the types of service
 * as JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../hal/esp32s3/closing.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include "xsmc.h"

void xs_network_service(xsMachine *the);
struct tcp_pcb *__real_tcp_new(void);
struct udp_pcb *__real_udp_new(void);
struct tcp_pcb *__wrap_tcp_new(void);
struct udp_pcb *__wrap_udp_new(void);

/* Connections that closing.c was told of. */
static int made;

void closing_made(const struct tcp_pcb *pcb) {
    made += pcb != NULL;
}

static xsSlot wanted;
static struct tcp_pcb *tcp;
static struct udp_pcb *udp;

xsSlot *xs_argument(int index) {
    (void)index;
    return &wanted;
}

struct tcp_pcb *__real_tcp_new(void) {
    return tcp;
}

struct udp_pcb *__real_udp_new(void) {
    return udp;
}

static void open_both(int type, const char *name, char end) {
    wanted.value = type;
    xs_network_service(NULL);
    __wrap_tcp_new();
    __wrap_udp_new();
    printf("\"%s\":[%d,%d]%c", name, tcp ? tcp->tos : -1, udp ? udp->tos : -1, end);
}

int main(void) {
    printf("{");
    open_both(0x60, "none", ',');
    struct tcp_pcb connection = {0};
    struct udp_pcb socket = {0};
    tcp = &connection;
    udp = &socket;
    open_both(0x60, "wanted", ',');
    open_both(0, "usual", ',');
    printf("\"made\":%d}", made);
    return 0;
}
