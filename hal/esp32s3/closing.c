/*
 * What is done with a TCP connection that lwIP has freed already comes to nothing. When the other end closes, the SDK
 * takes its callbacks off the connection and keeps the pointer until JavaScript closes it; a reset in between frees it,
 * and nobody hears of that: the SDK would free it once more, and the chip restarts. So it is with a connection that
 * waits in the SDK's listener to be taken, and that its other end resets.
 *
 * The image is linked with --wrap for these functions (components/linnet_lwip). They are called on lwIP's task, and by
 * the SDK also on JavaScript's.
 */
#include <stdbool.h>
#include <stddef.h>

#include "freertos/FreeRTOS.h"
#include "lwip/tcp.h"

#include "closing.h"

/* Connections that wait to be closed; more than lwIP has at a time. */
#define GONE_MOST 16

/* lwIP's own; weak, so that an image linked without the wrapping still links. */
void __real_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback) __attribute__((weak));
void __real_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback) __attribute__((weak));
void __real_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback) __attribute__((weak));
err_t __real_tcp_write(struct tcp_pcb *pcb, const void *data, u16_t length, u8_t flags) __attribute__((weak));
err_t __real_tcp_output(struct tcp_pcb *pcb) __attribute__((weak));
err_t __real_tcp_close(struct tcp_pcb *pcb) __attribute__((weak));
void __real_tcp_arg(struct tcp_pcb *pcb, void *argument) __attribute__((weak));
void __real_tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn callback) __attribute__((weak));
struct tcp_pcb *__real_tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog) __attribute__((weak));
void __wrap_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback);
void __wrap_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback);
void __wrap_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback);
err_t __wrap_tcp_write(struct tcp_pcb *pcb, const void *data, u16_t length, u8_t flags);
err_t __wrap_tcp_output(struct tcp_pcb *pcb);
err_t __wrap_tcp_close(struct tcp_pcb *pcb);
void __wrap_tcp_arg(struct tcp_pcb *pcb, void *argument);
void __wrap_tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn callback);
struct tcp_pcb *__wrap_tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog);

static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;
/* Addresses of connections that were freed while somebody holds them who does not listen. */
static const void *gone[GONE_MOST];
/* The SDK's, one for all its listeners. */
static tcp_accept_fn accepts;

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

/* From here on lwIP says it here when it frees a connection. */
static void hold(struct tcp_pcb *pcb) {
    __real_tcp_arg(pcb, pcb);
    __real_tcp_err(pcb, freed);
}

/* A connection that lwIP hands out is a new one, be it at an old one's place. */
void closing_made(const struct tcp_pcb *pcb) {
    replace(pcb, NULL);
}

/* The SDK may take it at once, on its own task: all is done before. */
static err_t accepted(void *argument, struct tcp_pcb *pcb, err_t error) {
    if (pcb && error == ERR_OK) {
        closing_made(pcb);
        hold(pcb);
        /* when connections run short, those that the phone has made itself come before those that others make */
        tcp_setprio(pcb, TCP_PRIO_MIN);
        tcp_nagle_disable(pcb);
    }
    return accepts(argument, pcb, error);
}

void __wrap_tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn callback) {
    if (callback && !accepts)
        accepts = callback;
    __real_tcp_accept(pcb, callback && callback == accepts ? accepted : callback);
}

struct tcp_pcb *__wrap_tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog) {
    struct tcp_pcb *listening = __real_tcp_listen_with_backlog(pcb, backlog);

    if (listening)
        closing_made(listening);
    return listening;
}

void __wrap_tcp_arg(struct tcp_pcb *pcb, void *argument) {
    if (!is_gone(pcb))
        __real_tcp_arg(pcb, argument);
}

void __wrap_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback) {
    if (!pcb || is_gone(pcb))
        return;
    if (callback)
        __real_tcp_err(pcb, callback);
    else
        hold(pcb);
}

void __wrap_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback) {
    if (!is_gone(pcb))
        __real_tcp_recv(pcb, callback);
}

void __wrap_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback) {
    if (!is_gone(pcb))
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
