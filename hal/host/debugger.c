/*
 * The phone's side of xsbug, the debugger of Moddable's XS: a TCP connection to where --xsbug names it, on which the
 * engine tells of itself in XML and takes orders. What waits for the engine waits with it: while it stands at a
 * breakpoint nothing else of JavaScript runs, and sound goes on. Without --xsbug none of it is used.
 */
#include "xsAll.h"

#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <arpa/inet.h>
#include <unistd.h>

#include "host.h"

enum { DEFAULT_PORT = 5002 };

static struct sockaddr_in place;
static int connection = -1;
static HostWatch *watch;

bool debugger_set(const char *text) {
    char host[INET_ADDRSTRLEN];
    const char *colon = strchr(text, ':');
    size_t length = colon ? (size_t)(colon - text) : strlen(text);
    char *end = NULL;
    long port = colon ? strtol(colon + 1, &end, 10) : DEFAULT_PORT;
    if (length >= sizeof(host) || port < 1 || port > 65535 || (colon && (*end || end == colon + 1)))
        return false;
    memcpy(host, text, length);
    host[length] = 0;
    place.sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, strcmp(host, "localhost") ? host : "127.0.0.1", &place.sin_addr) != 1)
        return false;
    place.sin_family = AF_INET;
    return true;
}

const char *debugger_path(const char *folder, const char *source, const char *module) {
    static char path[PATH_MAX];
    char below[PATH_MAX * 2];

    snprintf(below, sizeof(below), "%s/../%s", folder, source);
    if (place.sin_family == AF_INET && (realpath(below, path) || realpath(module, path)))
        return path;
    return source;
}

/* An order has come while JavaScript rests: a breakpoint for one. */
static void order_arrived(xsMachine *the, HostWatch *self, uint32_t events) {
    (void)self;
    (void)events;
    fxDebugCommand(the);
}

void debugger_watch(void) {
    if (connection < 0)
        return;
    watch = loop_watch(connection, LOOP_IN, order_arrived, sizeof(HostWatch));
    if (watch)
        loop_background(watch);
}

void fxConnect(txMachine *the) {
    int on = 1;
    (void)the;
    if (place.sin_family != AF_INET)
        return;
    connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection >= 0 && connect(connection, (struct sockaddr *)&place, sizeof(place)) == 0) {
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        return;
    }
    fprintf(stderr, "linnet: --xsbug: no debugger there: %s\n", strerror(errno));
    fxDisconnect(the);
}

void fxDisconnect(txMachine *the) {
    (void)the;
    if (watch)
        loop_unwatch(watch);
    watch = NULL;
    if (connection >= 0)
        close(connection);
    connection = -1;
}

txBoolean fxIsConnected(txMachine *the) {
    (void)the;
    return connection >= 0;
}

txBoolean fxIsReadable(txMachine *the) {
    (void)the;
    return connection >= 0 && socket_available(connection) > 0;
}

void fxReceive(txMachine *the) {
    ssize_t count;
    the->debugOffset = 0;
    if (connection < 0)
        return;
    do
        count = read(connection, the->debugBuffer, sizeof(the->debugBuffer) - 1);
    while (count < 0 && errno == EINTR);
    if (count <= 0) {
        fxDisconnect(the);
        return;
    }
    the->debugBuffer[count] = 0;
    the->debugOffset = (txSize)count;
}

void fxSend(txMachine *the, txBoolean more) {
    txSize sent = 0;
    (void)more;
    while (connection >= 0 && sent < the->echoOffset) {
        ssize_t count = write(connection, the->echoBuffer + sent, (size_t)(the->echoOffset - sent));
        if (count >= 0)
            sent += (txSize)count;
        else if (errno != EINTR)
            fxDisconnect(the);
    }
}
