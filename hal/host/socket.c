/* TCP sockets of Linux, and its own that have a path; they never wait. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "host.h"

/* Connections that wait to be taken. */
enum { Backlog = 32 };

_Static_assert(SOCKET_ADDRESS == INET_ADDRSTRLEN, "room for a dotted address");

/* The ToS byte of sockets that are opened from now on. */
static struct { int type; } service;

/* (ToS byte): that of TCP and UDP sockets that are opened from now on. */
void xs_socket_service(xsMachine *the) {
    service.type = xsmcToInteger(xsArg(0)) & 0xff;
}

void socket_serve(int descriptor) {
    setsockopt(descriptor, IPPROTO_IP, IP_TOS, &service.type, sizeof(service.type));
}

int socket_connect(const char *address, int port) {
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int on = 1;
    if (inet_pton(AF_INET, address, &peer.sin_addr) != 1) {
        errno = EDESTADDRREQ;
        return -1;
    }
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return -1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    socket_serve(descriptor);
    if (connect(descriptor, (struct sockaddr *)&peer, sizeof(peer)) < 0 && errno != EINPROGRESS) {
        int error = errno;
        close(descriptor);
        errno = error;
        return -1;
    }
    return descriptor;
}

/* Binds and listens; closes what cannot. */
static int serve(int descriptor, const struct sockaddr *own, socklen_t size) {
    if (descriptor >= 0 && (bind(descriptor, own, size) < 0 || listen(descriptor, Backlog) < 0)) {
        int error = errno;
        close(descriptor);
        errno = error;
        return -1;
    }
    return descriptor;
}

/* Takes a socket away that a program has left behind; one that somebody serves, and any other file, stays. */
static bool clear_path(const struct sockaddr_un *own) {
    struct stat status;
    if (lstat(own->sun_path, &status) < 0)
        return errno == ENOENT;
    if (!S_ISSOCK(status.st_mode)) {
        errno = EEXIST;
        return false;
    }
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return false;
    int refused = connect(descriptor, (const struct sockaddr *)own, sizeof(*own)) < 0 && errno == ECONNREFUSED;
    close(descriptor);
    errno = EADDRINUSE;
    return refused && unlink(own->sun_path) == 0;
}

/* For nobody but the program's user: mode 0600 from its first moment on. */
static int listen_path(const char *path) {
    struct sockaddr_un own = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length >= sizeof(own.sun_path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(own.sun_path, path, length);
    if (!clear_path(&own))
        return -1;
    mode_t mask = umask(0177);
    int descriptor =
        serve(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), (struct sockaddr *)&own, sizeof(own));
    umask(mask);
    return descriptor;
}

int socket_listen(const char *address, int port) {
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int on = 1;
    if (strchr(address, '/'))
        return listen_path(address);
    if (inet_pton(AF_INET, address, &own.sin_addr) != 1) {
        errno = EDESTADDRREQ;
        return -1;
    }
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor >= 0)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    return serve(descriptor, (struct sockaddr *)&own, sizeof(own));
}

int socket_accept(int descriptor) {
    int accepted, on = 1;
    do
        accepted = accept4(descriptor, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    while (accepted < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (accepted >= 0) {
        setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        setsockopt(accepted, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
    }
    return accepted;
}

int socket_port(int descriptor) {
    struct sockaddr_in own = {0};
    socklen_t size = sizeof(own);
    return getsockname(descriptor, (struct sockaddr *)&own, &size) < 0 || own.sin_family != AF_INET
               ? 0
               : ntohs(own.sin_port);
}

void socket_close(int descriptor) {
    close(descriptor);
}

bool socket_connected(int descriptor) {
    int error = 0;
    socklen_t size = sizeof(error);
    if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        return false;
    errno = error;
    return !error;
}

int socket_available(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}

bool socket_at_end(int descriptor) {
    uint8_t octet;
    ssize_t count = recv(descriptor, &octet, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count == 0)
        errno = 0;
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}

int socket_receive(int descriptor, void *data, int size) {
    ssize_t count;
    do
        count = recv(descriptor, data, (size_t)size, 0);
    while (count < 0 && errno == EINTR);
    return (int)count;
}

int socket_send(int descriptor, const void *data, int size) {
    ssize_t count;
    do
        count = send(descriptor, data, (size_t)size, MSG_NOSIGNAL);
    while (count < 0 && errno == EINTR);
    return count < 0 && errno == EAGAIN ? 0 : (int)count;
}

bool socket_peer(int descriptor, char *address, int *port) {
    struct sockaddr_in peer = {0};
    socklen_t size = sizeof(peer);
    if (getpeername(descriptor, (struct sockaddr *)&peer, &size) < 0 || peer.sin_family != AF_INET)
        return false;
    inet_ntop(AF_INET, &peer.sin_addr, address, SOCKET_ADDRESS);
    *port = ntohs(peer.sin_port);
    return true;
}
