/*
 * ECMA-419's TCP over a socket of the system's (socket.c) on the loop. onReadable comes again as long as the reader
 * makes progress; what arrived before the peer closed is read before onError tells of the end.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

enum { WriteBuffer = 16384, ReadRounds = 16 };

/* How a connection ended, by the numbers of TcpEnd (hal/hardware.ts). */
enum { Unknown, Refused, TimedOut, NetworkUnreachable, HostUnreachable, Reset, Closed, NoSocket };

typedef struct Tcp Tcp;

typedef struct {
    HostWatch base;
    Tcp *tcp;
} TcpWatch;

typedef struct {
    HostTimer base;
    Tcp *tcp;
} TcpTimer;

struct Tcp {
    int descriptor;
    TcpWatch *watch;
    TcpTimer later;
    xsSlot self, onReadable, onWritable, onError;
    bool connected, ended, numbers;
    int busy; /* callbacks running; freed when the last has returned */
    unsigned reads;
    int error;   /* errno of a connection that has failed but still has to say so */
    int pending; /* octets in `buffer` that the kernel has not taken */
    uint8_t buffer[WriteBuffer];
};

static void tcp_service(xsMachine *the, Tcp *tcp, uint32_t events);

static void tcp_disconnect(Tcp *tcp) {
    loop_unschedule(&tcp->later.base);
    if (tcp->watch)
        loop_unwatch(&tcp->watch->base);
    tcp->watch = NULL;
    if (tcp->descriptor >= 0)
        socket_close(tcp->descriptor);
    tcp->descriptor = -1;
    tcp->connected = false;
}

/* Cuts the object off from C; the structure goes when no callback runs. */
static void tcp_close(xsMachine *the, Tcp *tcp) {
    tcp_disconnect(tcp);
    xsmcSetHostData(tcp->self, NULL);
    xsForget(tcp->onReadable);
    xsForget(tcp->onWritable);
    xsForget(tcp->onError);
    xsForget(tcp->self);
    tcp->ended = true;
    if (!tcp->busy)
        free(tcp);
}

void xs_tcp_destructor(void *data) {
    Tcp *tcp = data;
    if (tcp) {
        tcp_disconnect(tcp);
        free(tcp);
    }
}

/* Calls one of the options' callbacks; false when the socket was closed in it (and `tcp` is gone). */
static bool tcp_call(xsMachine *the, Tcp *tcp, xsSlot *callback, int value) {
    xsSlot number;
    if (!xsmcTest(*callback))
        return true;
    tcp->busy++;
    xsmcSetInteger(number, value);
    machine_call(the, callback, &tcp->self, 1, &number, NULL);
    tcp->busy--;
    if (tcp->ended && !tcp->busy)
        free(tcp);
    else if (!tcp->ended)
        return true;
    return false;
}

static int tcp_end(int error) {
    switch (error) {
    case 0:
        return Closed;
    case ECONNREFUSED:
        return Refused;
    case ETIMEDOUT:
        return TimedOut;
    case ENETUNREACH:
    case ENETDOWN:
    case EADDRNOTAVAIL:
        return NetworkUnreachable;
    case EHOSTUNREACH:
        return HostUnreachable;
    case ECONNRESET:
    case EPIPE:
        return Reset;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        return NoSocket;
    default:
        return Unknown;
    }
}

/* The connection is over, for what `error` says: tells once. The object stays until it is closed. */
static void tcp_fail(xsMachine *the, Tcp *tcp, int error) {
    tcp_disconnect(tcp);
    tcp_call(the, tcp, &tcp->onError, tcp_end(error));
}

static int tcp_available(Tcp *tcp) {
    return tcp->descriptor >= 0 ? socket_available(tcp->descriptor) : 0;
}

static void tcp_later(Tcp *tcp) {
    loop_schedule(&tcp->later.base, loop_milliseconds());
}

static bool tcp_flush(Tcp *tcp) {
    int sent = 0;
    while (sent < tcp->pending) {
        int count = socket_send(tcp->descriptor, tcp->buffer + sent, tcp->pending - sent);
        if (count < 0)
            tcp->error = errno;
        if (count <= 0)
            break;
        sent += count;
    }
    memmove(tcp->buffer, tcp->buffer + sent, (size_t)(tcp->pending - sent));
    tcp->pending -= sent;
    return sent > 0;
}

static void tcp_service(xsMachine *the, Tcp *tcp, uint32_t events) {
    if (!tcp->connected) {
        if (!(events & (LOOP_OUT | LOOP_ERROR | LOOP_END)))
            return;
        if (!socket_connected(tcp->descriptor)) {
            tcp_fail(the, tcp, errno);
            return;
        }
        tcp->connected = true;
        if (!tcp_call(the, tcp, &tcp->onWritable, WriteBuffer))
            return;
    } else if ((events & LOOP_OUT) && tcp->pending && tcp_flush(tcp)) {
        if (!tcp_call(the, tcp, &tcp->onWritable, WriteBuffer - tcp->pending))
            return;
    }
    for (int round = 0;; round++) {
        int available = tcp_available(tcp);
        unsigned before = tcp->reads;
        if (tcp->descriptor < 0 || !available)
            break;
        if (round == ReadRounds) {
            tcp_later(tcp);
            return;
        }
        if (!tcp_call(the, tcp, &tcp->onReadable, available))
            return;
        if (tcp->reads == before)
            return;
    }
    if (tcp->descriptor >= 0 && socket_at_end(tcp->descriptor))
        tcp_fail(the, tcp, errno ? errno : tcp->error);
}

static void tcp_event(xsMachine *the, HostWatch *watch, uint32_t events) {
    tcp_service(the, ((TcpWatch *)watch)->tcp, events);
}

static void tcp_again(xsMachine *the, HostTimer *timer) {
    Tcp *tcp = ((TcpTimer *)timer)->tcp;
    if (tcp->descriptor < 0)
        tcp_fail(the, tcp, tcp->error);
    else
        tcp_service(the, tcp, 0);
}

static Tcp *tcp_new(xsMachine *the) {
    Tcp *tcp = calloc(1, sizeof(Tcp));
    if (!tcp)
        xsUnknownError("tcp: no memory");
    tcp->descriptor = -1;
    tcp->later.base.callback = tcp_again;
    tcp->later.base.due = -1;
    tcp->later.tcp = tcp;
    return tcp;
}

/* Has a descriptor watched: the first event says that the connection is up. What fails is told before long. */
static void tcp_watch(Tcp *tcp) {
    if (tcp->descriptor >= 0)
        tcp->watch = (TcpWatch *)loop_watch(tcp->descriptor, LOOP_SOCKET, tcp_event, sizeof(TcpWatch));
    if (tcp->watch) {
        tcp->watch->tcp = tcp;
    } else {
        int error = errno;
        tcp_disconnect(tcp);
        tcp->error = error;
        tcp_later(tcp);
    }
}

/* Ties the object to C, with the callbacks and whether it carries single octets, which stand from argument `at` on. */
static void tcp_tie(xsMachine *the, Tcp *tcp, int at) {
    tcp->self = xsThis;
    tcp->onReadable = xsArg(at);
    tcp->onWritable = xsArg(at + 1);
    tcp->onError = xsArg(at + 2);
    tcp->numbers = xsmcTest(xsArg(at + 3));
    xsRemember(tcp->self);
    xsRemember(tcp->onReadable);
    xsRemember(tcp->onWritable);
    xsRemember(tcp->onError);
    xsmcSetHostData(xsThis, tcp);
}

/* (descriptor, onReadable, onWritable, onError, format): a connection that a listener has taken. */
void xs_tcp_adopt(xsMachine *the) {
    int descriptor = xsmcToInteger(xsArg(0));
    Tcp *tcp = tcp_new(the);
    tcp->descriptor = descriptor;
    tcp_watch(tcp);
    tcp_tie(the, tcp, 1);
}

/* (address, port, onReadable, onWritable, onError, format): starts to connect; throws for what is no address. What
 * fails at once is told like what fails later. */
void xs_tcp_connect(xsMachine *the) {
    int port = xsmcToInteger(xsArg(1));
    char address[64];
    xsmcToStringBuffer(xsArg(0), address, sizeof(address));
    Tcp *tcp = tcp_new(the);
    tcp->descriptor = socket_connect(address, port);
    if (tcp->descriptor < 0 && errno == EDESTADDRREQ) {
        free(tcp);
        xsUnknownError("tcp: \"%s\" is no IPv4 address", address);
    }
    tcp_watch(tcp);
    tcp_tie(the, tcp, 2);
}

static Tcp *tcp_of(xsMachine *the) {
    return xsmcGetHostDataValidate(xsThis, (void *)xs_tcp_destructor);
}

void xs_tcp_close(xsMachine *the) {
    Tcp *tcp = tcp_of(the);
    if (tcp)
        tcp_close(the, tcp);
}

static int tcp_receive(Tcp *tcp, void *data, int size) {
    int count = socket_receive(tcp->descriptor, data, size);
    if (count > 0)
        tcp->reads++;
    return count;
}

/* (): all there is; (count): at most so much; (buffer): into it, and the count. Undefined when there is nothing. */
void xs_tcp_read(xsMachine *the) {
    Tcp *tcp = tcp_of(the);
    int available = tcp ? tcp_available(tcp) : 0;
    if (!available)
        return;
    if (tcp->numbers) {
        uint8_t octet;
        if (tcp_receive(tcp, &octet, 1) == 1)
            xsmcSetInteger(xsResult, octet);
    } else if (xsmcArgc > 0 && xsmcTypeOf(xsArg(0)) == xsReferenceType) {
        void *data;
        xsUnsignedValue size;
        xsmcGetBufferWritable(xsArg(0), &data, &size);
        int count = size ? tcp_receive(tcp, data, (int)size) : 0;
        if (count >= 0)
            xsmcSetInteger(xsResult, count);
    } else {
        int count = xsmcArgc > 0 && xsmcTypeOf(xsArg(0)) != xsUndefinedType ? xsmcToInteger(xsArg(0)) : available;
        if (count < 1)
            return;
        if (count > available)
            count = available;
        xsmcSetArrayBuffer(xsResult, NULL, count);
        tcp_receive(tcp, xsmcToArrayBuffer(xsResult), count);
    }
    if (!tcp->busy)
        tcp_later(tcp);
}

/* (buffer) or, with format "number", (octet): all of it or an exception; how much can be written after it. */
void xs_tcp_write(xsMachine *the) {
    Tcp *tcp = tcp_of(the);
    void *data;
    xsUnsignedValue size;
    uint8_t octet;
    if (!tcp || !tcp->connected)
        xsUnknownError("tcp: not connected");
    if (tcp->numbers) {
        octet = (uint8_t)xsmcToInteger(xsArg(0));
        data = &octet;
        size = 1;
    } else {
        xsmcGetBufferReadable(xsArg(0), &data, &size);
    }
    if (size > (xsUnsignedValue)(WriteBuffer - tcp->pending))
        xsUnknownError("tcp: %d octets are more than the %d that can be written", (int)size,
                       WriteBuffer - tcp->pending);
    int sent = 0;
    if (!tcp->pending && size) {
        sent = socket_send(tcp->descriptor, data, (int)size);
        /* a broken connection shows as an event: the octets are lost with it either way */
        if (sent < 0) {
            tcp->error = errno;
            sent = (int)size;
        }
    }
    memcpy(tcp->buffer + tcp->pending, (uint8_t *)data + sent, size - (xsUnsignedValue)sent);
    tcp->pending += (int)size - sent;
    xsmcSetInteger(xsResult, WriteBuffer - tcp->pending);
}

/* The peer's address, undefined while not connected. */
void xs_tcp_remote_address(xsMachine *the) {
    Tcp *tcp = tcp_of(the);
    char address[SOCKET_ADDRESS];
    int port;
    if (tcp && socket_peer(tcp->descriptor, address, &port))
        xsmcSetString(xsResult, address);
}

void xs_tcp_remote_port(xsMachine *the) {
    Tcp *tcp = tcp_of(the);
    char address[SOCKET_ADDRESS];
    int port;
    if (tcp && socket_peer(tcp->descriptor, address, &port))
        xsmcSetInteger(xsResult, port);
}

/* (numbers): whether read and write carry single octets. */
void xs_tcp_set_numbers(xsMachine *the) {
    Tcp *tcp = tcp_of(the);
    if (tcp)
        tcp->numbers = xsmcTest(xsArg(0));
}
