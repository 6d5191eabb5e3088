/*
 * Connections and sockets of the SDK's get the type of service (RFC 2474) that their owner wants before their first
 * packet leaves; the SDK has no way to say it.
 *
 * The image is linked with --wrap for these functions (components/linnet_lwip); without it all leaves as lwIP has it.
 */
#include <stddef.h>

#include "lwip/tcp.h"
#include "lwip/udp.h"
#include "closing.h"
#include "xsmc.h"

/* lwIP's own; weak, so that an image linked without the wrapping still links. */
struct tcp_pcb *__real_tcp_new(void) __attribute__((weak));
struct udp_pcb *__real_udp_new(void) __attribute__((weak));
struct tcp_pcb *__wrap_tcp_new(void);
struct udp_pcb *__wrap_udp_new(void);

/* Set by the XS task, which then waits for lwIP's to make what it asked for. */
static struct { u8_t type; } next;

/* (type): that of what the SDK opens from now on; 0 for the usual one. */
void xs_network_service(xsMachine *the) {
    next.type = (u8_t)xsmcToInteger(xsArg(0));
}

struct tcp_pcb *__wrap_tcp_new(void) {
    struct tcp_pcb *pcb = __real_tcp_new ? __real_tcp_new() : NULL;
    if (pcb) {
        closing_made(pcb);
        pcb->tos = next.type;
    }
    return pcb;
}

struct udp_pcb *__wrap_udp_new(void) {
    struct udp_pcb *pcb = __real_udp_new ? __real_udp_new() : NULL;
    if (pcb)
        pcb->tos = next.type;
    return pcb;
}
