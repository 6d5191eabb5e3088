/*
 * TCP acknowledges what has been read at once. lwIP waits up to 250 ms for something to send along with it; a call
 * agent whose sockets have Nagle's algorithm on (RFC 896: FreeSWITCH among others) sends the next message of a burst
 * only when the last is acknowledged, so that each would come a quarter of a second after the one before.
 *
 * The image is linked with --wrap for tcp_recved (components/linnet_lwip).
 */
#include <stdbool.h>

#include "lwip/priv/tcp_priv.h"
#include "lwip/tcp.h"

/* lwIP's own; weak, so that an image linked without the wrapping still links: its acknowledgements wait. */
void __real_tcp_recved(struct tcp_pcb *pcb, u16_t length) __attribute__((weak));
void __wrap_tcp_recved(struct tcp_pcb *pcb, u16_t length);

/* The SDK asks for it by a message from another task. A connection that was reset before has NULL there, and one that
 * is reset while the message waits has been freed. */
static bool is_active(const struct tcp_pcb *pcb) {
    for (const struct tcp_pcb *active = tcp_active_pcbs; active; active = active->next)
        if (active == pcb)
            return true;
    return false;
}

/* On lwIP's task, when a reader has taken what came. */
void __wrap_tcp_recved(struct tcp_pcb *pcb, u16_t length) {
    if (!__real_tcp_recved || !is_active(pcb))
        return;
    __real_tcp_recved(pcb, length);
    if (!(pcb->flags & TF_ACK_DELAY))
        return;
    tcp_ack_now(pcb);
    tcp_output(pcb);
}
