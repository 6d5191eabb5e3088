/*
 * TCP of the emulated Xtensa: connections that the parent has made and handed down. What a descriptor holds cannot be
 * counted without reading it, so it is read ahead.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "host.h"
#include "system.h"

enum { AheadMost = 2048 };

typedef struct {
    /* Within a page, see read(). */
    _Alignas(AheadMost) uint8_t octets[AheadMost];
    int first, count;
    bool taken, ended;
    int port;
    char address[SOCKET_ADDRESS];
} Connection;

static Connection connections[SYSTEM_CONNECTIONS_MOST];

static Connection *connection_of(int descriptor) {
    return &connections[descriptor - SYSTEM_CONNECTIONS];
}

/* (ToS byte): the parent has opened all connections, with its own. */
void xs_socket_service(xsMachine *the) {
    (void)the;
}

int socket_connect(const char *address, int port) {
    for (int index = 0; index < SYSTEM_CONNECTIONS_MOST; index++) {
        Connection *connection = &connections[index];
        if (connection->taken)
            continue;
        connection->taken = true;
        connection->port = port;
        snprintf(connection->address, sizeof(connection->address), "%s", address);
        return SYSTEM_CONNECTIONS + index;
    }
    errno = ECONNREFUSED;
    return -1;
}

void socket_close(int descriptor) {
    close(descriptor);
}

static void read_ahead(int descriptor) {
    Connection *connection = connection_of(descriptor);
    if (connection->count || connection->ended || !system_readable(descriptor))
        return;
    ssize_t count = read(descriptor, connection->octets, AheadMost);
    if (count > 0) {
        connection->first = 0;
        connection->count = (int)count;
    } else if (count == 0 || errno != EAGAIN) {
        connection->ended = true;
    }
}

bool socket_connected(int descriptor) {
    bool ended = socket_at_end(descriptor);
    if (ended)
        errno = ECONNREFUSED;
    return !ended;
}

int socket_available(int descriptor) {
    read_ahead(descriptor);
    return connection_of(descriptor)->count;
}

bool socket_at_end(int descriptor) {
    read_ahead(descriptor);
    errno = 0;
    return connection_of(descriptor)->ended && !connection_of(descriptor)->count;
}

int socket_receive(int descriptor, void *data, int size) {
    Connection *connection = connection_of(descriptor);
    read_ahead(descriptor);
    if (!connection->count && !connection->ended) {
        errno = EAGAIN;
        return -1;
    }
    if (size > connection->count)
        size = connection->count;
    memcpy(data, connection->octets + connection->first, (size_t)size);
    connection->first += size;
    connection->count -= size;
    return size;
}

int socket_send(int descriptor, const void *data, int size) {
    ssize_t count = write(descriptor, data, (size_t)size);
    if (count < size)
        loop_blocked(descriptor);
    return count < 0 && errno == EAGAIN ? 0 : (int)count;
}

bool socket_peer(int descriptor, char *address, int *port) {
    const Connection *connection = connection_of(descriptor);
    if (descriptor < SYSTEM_CONNECTIONS)
        return false;
    strcpy(address, connection->address);
    *port = connection->port;
    return true;
}
