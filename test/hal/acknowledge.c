/*
 * hal/esp32s3/acknowledge.c on a model of lwIP: connections that live, are reset with what they sent unread, and are
 * gone when the reader's message comes. Prints what came of each as JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lwip/priv/tcp_priv.h"

struct tcp_pcb *tcp_active_pcbs;

static int credited, outputs;

void __real_tcp_recved(struct tcp_pcb *pcb, u16_t length);
void __wrap_tcp_recved(struct tcp_pcb *pcb, u16_t length);

/* As lwIP's own does, it refuses NULL and touches anything else. */
void __real_tcp_recved(struct tcp_pcb *pcb, u16_t length) {
    if (!pcb)
        return;
    pcb->flags &= (u16_t)~TF_ACK_NOW;
    credited += length;
}

err_t tcp_output(struct tcp_pcb *pcb) {
    outputs += (pcb->flags & TF_ACK_NOW) != 0;
    pcb->flags &= (u16_t) ~(TF_ACK_NOW | TF_ACK_DELAY);
    return 0;
}

static void read_from(struct tcp_pcb *pcb, const char *name, char end) {
    credited = outputs = 0;
    __wrap_tcp_recved(pcb, 100);
    printf("\"%s\":[%d,%d]%c", name, credited, outputs, end);
}

int main(void) {
    struct tcp_pcb other = {0};
    struct tcp_pcb *pcb = calloc(1, sizeof *pcb);

    other.next = pcb;
    tcp_active_pcbs = &other;
    pcb->flags = TF_ACK_DELAY;
    printf("{");
    read_from(pcb, "waiting", ',');
    read_from(pcb, "acknowledged", ',');
    other.next = NULL;
    free(pcb);
    read_from(pcb, "freed", ',');
    read_from(NULL, "reset", '}');
    return 0;
}
