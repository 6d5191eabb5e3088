/*
 * What is done with a TCP connection that lwIP has freed already comes to nothing. When the other end closes, the SDK
 * takes its callbacks off the connection and keeps the pointer until JavaScript closes it; a reset in between frees it,
 * and nobody hears of that: the SDK would free it once more, and the chip restarts.
 *
 * The image is linked with --wrap for these functions (components/linnet_lwip). They are called on lwIP's task, and by
 * the SDK also on JavaScript's.
 */
#include <stdbool.h>
#include <stddef.h>

#include "freertos/FreeRTOS.h"
#include "lwip/tcp.h"

/* Connections that wait to be closed; more than lwIP has at a time. */
#define GONE_MOST 16

/* lwIP's own; weak, so that an image linked without the wrapping still links. */
void __real_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback) __attribute__((weak));
void __real_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback) __attribute__((weak));
void __real_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback) __attribute__((weak));
err_t __real_tcp_write(struct tcp_pcb *pcb, const void *data, u16_t length, u8_t flags) __attribute__((weak));
err_t __real_tcp_output(struct tcp_pcb *pcb) __attribute__((weak));
err_t __real_tcp_close(struct tcp_pcb *pcb) __attribute__((weak));
void __wrap_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback);
void __wrap_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback);
void __wrap_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback);
err_t __wrap_tcp_write(struct tcp_pcb *pcb, const void *data, u16_t length, u8_t flags);
err_t __wrap_tcp_output(struct tcp_pcb *pcb);
err_t __wrap_tcp_close(struct tcp_pcb *pcb);

static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;
/* Addresses of connections that were freed while somebody who no longer listens holds them. */
static const void *gone[GONE_MOST];

/* Finds `old` and puts `new` in its place; whether it was there. */
static bool replace(const void *old, const void *new) {
    bool found = false;

    portENTER_CRITICAL(&lock);
    for (size_t i = 0; i < GONE_MOST && !found; i++)
        if (gone[i] == old) {
            gone[i] = new;
            found = true;
        }
    portEXIT_CRITICAL(&lock);
    return found;
}

static bool is_gone(const void *pcb) {
    return replace(pcb, pcb);
}

/* lwIP frees the connection whose argument this is. */
static void freed(void *pcb, err_t error) {
    (void)error;
    replace(NULL, pcb);
}

/* Whoever sets a callback has a new connection, be it at an old one's place; whoever takes one off may have an old. */

void __wrap_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback) {
    if (callback) {
        replace(pcb, NULL);
        __real_tcp_err(pcb, callback);
    } else if (pcb && !is_gone(pcb)) {
        tcp_arg(pcb, pcb);
        __real_tcp_err(pcb, freed);
    }
}

void __wrap_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback) {
    if (callback || !is_gone(pcb))
        __real_tcp_recv(pcb, callback);
}

void __wrap_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback) {
    if (callback || !is_gone(pcb))
        __real_tcp_sent(pcb, callback);
}

err_t __wrap_tcp_write(struct tcp_pcb *pcb, const void *data, u16_t length, u8_t flags) {
    return is_gone(pcb) ? ERR_CONN : __real_tcp_write(pcb, data, length, flags);
}

err_t __wrap_tcp_output(struct tcp_pcb *pcb) {
    return is_gone(pcb) ? ERR_CONN : __real_tcp_output(pcb);
}

err_t __wrap_tcp_close(struct tcp_pcb *pcb) {
    if (!pcb || replace(pcb, NULL))
        return ERR_OK;
    /* from here on lwIP frees it when it likes */
    if (pcb->state != LISTEN)
        __real_tcp_err(pcb, NULL);
    return __real_tcp_close(pcb);
}
