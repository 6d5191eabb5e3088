/*
 * hal/esp32s3/closing.c on a model of lwIP: a connection that its other end closes and resets before it is closed
 * here, one that is only closed, one that is made where a freed one lay. Prints what came of each as JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../hal/esp32s3/closing.h"
#include "lwip/tcp.h"

void __real_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback);
void __real_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback);
void __real_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback);
err_t __real_tcp_write(struct tcp_pcb *pcb, const void *data, u16_t length, u8_t flags);
err_t __real_tcp_output(struct tcp_pcb *pcb);
err_t __real_tcp_close(struct tcp_pcb *pcb);
void __wrap_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback);
void __wrap_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback);
void __wrap_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback);
err_t __wrap_tcp_write(struct tcp_pcb *pcb, const void *data, u16_t length, u8_t flags);
err_t __wrap_tcp_output(struct tcp_pcb *pcb);
err_t __wrap_tcp_close(struct tcp_pcb *pcb);
void __real_tcp_arg(struct tcp_pcb *pcb, void *argument);
void __real_tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn callback);
struct tcp_pcb *__real_tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog);
void __wrap_tcp_arg(struct tcp_pcb *pcb, void *argument);
void __wrap_tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn callback);
struct tcp_pcb *__wrap_tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog);

static int closed, told;
/* What lwIP calls for a connection that has been made to a listener, and what the SDK keeps of it. */
static tcp_accept_fn accept_callback;
static struct tcp_pcb *pending;

void __real_tcp_err(struct tcp_pcb *pcb, tcp_err_fn callback) {
    pcb->errf = callback;
}

void __real_tcp_recv(struct tcp_pcb *pcb, tcp_recv_fn callback) {
    pcb->recv = callback;
}

void __real_tcp_sent(struct tcp_pcb *pcb, tcp_sent_fn callback) {
    pcb->sent = callback;
}

void __real_tcp_arg(struct tcp_pcb *pcb, void *argument) {
    pcb->callback_arg = argument;
}

void __real_tcp_accept(struct tcp_pcb *pcb, tcp_accept_fn callback) {
    (void)pcb;
    accept_callback = callback;
}

struct tcp_pcb *__real_tcp_listen_with_backlog(struct tcp_pcb *pcb, u8_t backlog) {
    (void)backlog;
    return pcb;
}

void tcp_setprio(struct tcp_pcb *pcb, u8_t priority) {
    pcb->prio = priority;
}

err_t __real_tcp_close(struct tcp_pcb *pcb) {
    closed++;
    free(pcb);
    return ERR_OK;
}

err_t __real_tcp_write(struct tcp_pcb *pcb, const void *data, u16_t length, u8_t flags) {
    (void)data;
    (void)flags;
    pcb->flags = length;
    return ERR_OK;
}

err_t __real_tcp_output(struct tcp_pcb *pcb) {
    pcb->flags = 0;
    return ERR_OK;
}

static void on_error(void *arg, err_t error) {
    (void)arg;
    (void)error;
    told++;
}

static err_t on_receive(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t error) {
    (void)arg;
    (void)pcb;
    (void)p;
    return error;
}

/* As the SDK makes one. */
static void listen_to(struct tcp_pcb *pcb) {
    __wrap_tcp_arg(pcb, &closed);
    __wrap_tcp_err(pcb, on_error);
    __wrap_tcp_recv(pcb, on_receive);
}

/* As the SDK turns away from one, when its other end has closed and again before it closes it. */
static void turn_away(struct tcp_pcb *pcb) {
    __wrap_tcp_recv(pcb, NULL);
    __wrap_tcp_sent(pcb, NULL);
    __wrap_tcp_err(pcb, NULL);
}

/* As lwIP handles a reset. */
static void reset(struct tcp_pcb *pcb) {
    tcp_err_fn callback = pcb->errf;
    void *arg = pcb->callback_arg;

    free(pcb);
    if (callback)
        callback(arg, ERR_RST);
}

/* As the SDK's listener keeps a connection until JavaScript reads it. */
static err_t on_accept(void *argument, struct tcp_pcb *pcb, err_t error) {
    (void)argument;
    __wrap_tcp_recv(pcb, on_receive);
    pending = pcb;
    return error;
}

/* Somebody connects to the phone. */
static struct tcp_pcb *connect_to(void) {
    struct tcp_pcb *pcb = calloc(1, sizeof *pcb);

    pcb->state = ESTABLISHED;
    closed = told = 0;
    accept_callback(NULL, pcb, ERR_OK);
    return pcb;
}

static struct tcp_pcb *make(void) {
    struct tcp_pcb *pcb = calloc(1, sizeof *pcb);

    pcb->state = ESTABLISHED;
    closed = told = 0;
    closing_made(pcb);
    listen_to(pcb);
    return pcb;
}

static void report(const char *name, char end) {
    printf("\"%s\":[%d,%d]%c", name, closed, told, end);
}

int main(void) {
    printf("{");
    struct tcp_pcb *pcb = make();
    turn_away(pcb);
    turn_away(pcb);
    if (__wrap_tcp_write(pcb, "", 1, 0) != ERR_OK || __wrap_tcp_output(pcb) != ERR_OK)
        return 1;
    __wrap_tcp_close(pcb);
    report("closed", ',');

    pcb = make();
    turn_away(pcb);
    reset(pcb);
    turn_away(pcb);
    if (__wrap_tcp_write(pcb, "", 1, 0) != ERR_CONN || __wrap_tcp_output(pcb) != ERR_CONN)
        return 1;
    __wrap_tcp_close(pcb);
    report("reset", ',');

    pcb = make();
    reset(pcb);
    report("heard", ',');

    /* the same place again, and this one lives */
    static struct tcp_pcb place = {.state = ESTABLISHED};
    struct tcp_pcb *again = malloc(sizeof *again);
    *again = place;
    closed = told = 0;
    listen_to(again);
    turn_away(again);
    again->errf(again->callback_arg, ERR_RST);
    closing_made(again);
    listen_to(again);
    __wrap_tcp_close(again);
    report("anew", ',');

    /* a listener's connections: taken and closed; reset after it was taken; reset before */
    struct tcp_pcb listener = {.state = LISTEN};
    if (__wrap_tcp_listen_with_backlog(&listener, 1) != &listener)
        return 1;
    __wrap_tcp_accept(&listener, on_accept);
    pcb = connect_to();
    if (pcb->prio != TCP_PRIO_MIN || !(pcb->flags & TF_NODELAY))
        return 1;
    listen_to(pending);
    __wrap_tcp_close(pending);
    report("taken", ',');

    pcb = connect_to();
    listen_to(pending);
    reset(pcb);
    report("takenReset", ',');

    pcb = connect_to();
    reset(pcb);
    listen_to(pending);
    if (__wrap_tcp_write(pending, "", 1, 0) != ERR_CONN)
        return 1;
    __wrap_tcp_close(pending);
    report("waitingReset", '}');
    __wrap_tcp_accept(&listener, NULL);
    if (accept_callback)
        return 1;
    __wrap_tcp_close(NULL);
    return 0;
}
