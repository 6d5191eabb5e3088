/*
 * ECMA-419's UDP over a non-blocking socket on the loop. Packets wait in a small queue; while it is full the kernel
 * keeps, and at last drops, what follows.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host.h"

enum { QueueLength = 8, PacketMost = 2048 };

typedef struct Udp Udp;

typedef struct {
    HostWatch base;
    Udp *udp;
} UdpWatch;

typedef struct {
    int length;
    struct sockaddr_in from;
    uint8_t data[PacketMost];
} Packet;

struct Udp {
    int descriptor;
    UdpWatch *watch;
    xsSlot self, onReadable, onError;
    bool ended;
    int busy;
    int first, count;
    struct sockaddr_in sender; /* of what was read last */
    Packet queue[QueueLength];
};

static void udp_disconnect(Udp *udp) {
    if (udp->watch)
        loop_unwatch(&udp->watch->base);
    udp->watch = NULL;
    if (udp->descriptor >= 0)
        close(udp->descriptor);
    udp->descriptor = -1;
}

void xs_udp_destructor(void *data) {
    Udp *udp = data;
    if (udp) {
        udp_disconnect(udp);
        free(udp);
    }
}

static void udp_call(xsMachine *the, Udp *udp, xsSlot *callback, int count) {
    xsSlot number;
    if (xsmcTest(*callback)) {
        udp->busy++;
        xsmcSetInteger(number, count);
        machine_call(the, callback, &udp->self, count > 0 ? 1 : 0, &number, NULL);
        udp->busy--;
    }
    if (udp->ended && !udp->busy)
        free(udp);
}

static void udp_event(xsMachine *the, HostWatch *watch, uint32_t events) {
    Udp *udp = ((UdpWatch *)watch)->udp;
    (void)events;
    while (udp->count < QueueLength) {
        Packet *packet = &udp->queue[(udp->first + udp->count) % QueueLength];
        socklen_t size = sizeof(packet->from);
        ssize_t length =
            recvfrom(udp->descriptor, packet->data, PacketMost, MSG_DONTWAIT, (struct sockaddr *)&packet->from, &size);
        if (length < 0 && (errno == EINTR || errno == ECONNREFUSED))
            continue;
        if (length < 0 && errno != EAGAIN) {
            udp_disconnect(udp);
            udp_call(the, udp, &udp->onError, 0);
            return;
        }
        if (length < 0)
            break;
        packet->length = (int)length;
        udp->count++;
    }
    if (udp->count == QueueLength)
        loop_rewatch(watch, 0);
    if (udp->count)
        udp_call(the, udp, &udp->onReadable, udp->count);
}

/* (address or undefined, port, onReadable, onError): binds; port 0 takes a free one. */
void xs_udp_open(xsMachine *the) {
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
    char address[64] = "0.0.0.0";
    int port = xsmcToInteger(xsArg(1));
    if (xsmcTest(xsArg(0)))
        xsmcToStringBuffer(xsArg(0), address, sizeof(address));
    own.sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, address, &own.sin_addr) != 1)
        xsUnknownError("udp: %s is no IPv4 address", address);
    Udp *udp = calloc(1, sizeof(Udp));
    if (!udp)
        xsUnknownError("udp: no memory");
    udp->descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (udp->descriptor < 0 || bind(udp->descriptor, (struct sockaddr *)&own, sizeof(own)) < 0 ||
        !(udp->watch = (UdpWatch *)loop_watch(udp->descriptor, EPOLLIN, udp_event, sizeof(UdpWatch)))) {
        int error = errno;
        udp_disconnect(udp);
        free(udp);
        xsUnknownError("udp: cannot bind %s port %d: %s", address, port, strerror(error));
    }
    socket_serve(udp->descriptor);
    udp->watch->udp = udp;
    udp->self = xsThis;
    udp->onReadable = xsArg(2);
    udp->onError = xsArg(3);
    xsRemember(udp->self);
    xsRemember(udp->onReadable);
    xsRemember(udp->onError);
    xsmcSetHostData(xsThis, udp);
}

static Udp *udp_of(xsMachine *the) {
    return xsmcGetHostDataValidate(xsThis, (void *)xs_udp_destructor);
}

void xs_udp_close(xsMachine *the) {
    Udp *udp = udp_of(the);
    if (!udp)
        return;
    udp_disconnect(udp);
    xsmcSetHostData(xsThis, NULL);
    xsForget(udp->onReadable);
    xsForget(udp->onError);
    xsForget(udp->self);
    udp->ended = true;
    if (!udp->busy)
        free(udp);
}

/* (): the oldest packet with its address and port; (buffer): into it, and its length. Undefined when there is none. */
void xs_udp_read(xsMachine *the) {
    Udp *udp = udp_of(the);
    char text[INET_ADDRSTRLEN];
    if (!udp || !udp->count)
        return;
    xsmcVars(1);
    Packet *packet = &udp->queue[udp->first];
    udp->sender = packet->from;
    if (xsmcArgc > 0 && xsmcTypeOf(xsArg(0)) == xsReferenceType) {
        void *data;
        xsUnsignedValue size;
        xsmcGetBufferWritable(xsArg(0), &data, &size);
        if ((int)size > packet->length)
            size = (xsUnsignedValue)packet->length;
        memcpy(data, packet->data, size);
        xsmcSetInteger(xsResult, (int)size);
    } else {
        xsmcSetArrayBuffer(xsResult, packet->data, packet->length);
        xsmcSetString(xsVar(0), (char *)inet_ntop(AF_INET, &packet->from.sin_addr, text, sizeof(text)));
        xsmcSet(xsResult, xsID("address"), xsVar(0));
        xsmcSetInteger(xsVar(0), ntohs(packet->from.sin_port));
        xsmcSet(xsResult, xsID("port"), xsVar(0));
    }
    if (udp->count == QueueLength && udp->watch)
        loop_rewatch(&udp->watch->base, EPOLLIN);
    udp->first = (udp->first + 1) % QueueLength;
    udp->count--;
}

/* (buffer, address, port): sends one packet. */
void xs_udp_write(xsMachine *the) {
    Udp *udp = udp_of(the);
    struct sockaddr_in peer = {.sin_family = AF_INET};
    char address[64];
    void *data;
    xsUnsignedValue size;
    if (!udp || udp->descriptor < 0)
        xsUnknownError("udp: closed");
    xsmcToStringBuffer(xsArg(1), address, sizeof(address));
    peer.sin_port = htons((uint16_t)xsmcToInteger(xsArg(2)));
    if (inet_pton(AF_INET, address, &peer.sin_addr) != 1)
        xsUnknownError("udp: %s is no IPv4 address", address);
    xsmcGetBufferReadable(xsArg(0), &data, &size);
    if (sendto(udp->descriptor, data, size, MSG_NOSIGNAL, (struct sockaddr *)&peer, sizeof(peer)) < 0 &&
        errno != ECONNREFUSED)
        xsUnknownError("udp: cannot send to %s: %s", address, strerror(errno));
}

/* The port it is bound to. */
void xs_udp_port(xsMachine *the) {
    Udp *udp = udp_of(the);
    struct sockaddr_in own = {0};
    socklen_t size = sizeof(own);
    if (udp && getsockname(udp->descriptor, (struct sockaddr *)&own, &size) == 0)
        xsmcSetInteger(xsResult, ntohs(own.sin_port));
}

/* Address and port of the sender of what was read last; '' and 0 before. */
void xs_udp_sender_address(xsMachine *the) {
    Udp *udp = udp_of(the);
    char text[INET_ADDRSTRLEN] = "";
    if (udp && udp->sender.sin_family == AF_INET)
        inet_ntop(AF_INET, &udp->sender.sin_addr, text, sizeof(text));
    xsmcSetString(xsResult, text);
}

void xs_udp_sender_port(xsMachine *the) {
    Udp *udp = udp_of(the);
    xsmcSetInteger(xsResult, udp ? ntohs(udp->sender.sin_port) : 0);
}
