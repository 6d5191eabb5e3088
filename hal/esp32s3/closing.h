/* What closing.c wants to know of the SDK's TCP connections. */
#ifndef LINNET_CLOSING_H
#define LINNET_CLOSING_H

struct tcp_pcb;

/* lwIP has made a connection, be it where a freed one lay. */
void closing_made(const struct tcp_pcb *pcb);

#endif
