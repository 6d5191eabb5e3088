/*
 * The address of the other end of one of the SDK's TCP objects. The SDK's own property looks into the connection even
 * when that has been reset, and there is none any more.
 */
#include "lwip/tcp.h"
#include "xsmc.h"

enum { ADDRESS = 16 };

/* (): on an object of the SDK's TCP, whose record begins with lwIP's connection (modules/io/socket/lwip/tcp.c). */
void xs_tcp_peer(xsMachine *the) {
    struct tcp_pcb *const *record = xsmcGetHostData(xsThis);
    const struct tcp_pcb *pcb = record ? *record : NULL;
    char address[ADDRESS] = "";

    if (pcb)
        ipaddr_ntoa_r(&pcb->remote_ip, address, sizeof address);
    xsmcSetString(xsResult, address);
}
