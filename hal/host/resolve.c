/* Names to IPv4 addresses without holding up the loop: getaddrinfo in a thread of its own, its answer by eventfd. */
#include <arpa/inet.h>
#include <netdb.h>
#include <pthread.h>
#include <resolv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host.h"

/* Servers that DHCP gave, in place of the system's own, and the domain that names without a dot are in. */
typedef struct {
    int count;
    struct in_addr addresses[MAXNS];
    char domain[256];
} NameServers;

static NameServers nameServers;

typedef struct {
    HostWatch base;
    xsSlot callback;
    NameServers servers;
    /* what the thread reads and writes until it signals `descriptor` */
    int descriptor;
    char *host;
    char address[INET_ADDRSTRLEN];
} Resolution;

/* The resolver's state is each thread's own. */
static void use_servers(NameServers *servers) {
    if (servers->count == 0 || res_init() < 0)
        return;
    _res.nscount = servers->count;
    for (int i = 0; i < servers->count; i++)
        _res.nsaddr_list[i] =
            (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(53), .sin_addr = servers->addresses[i]};
    _res.dnsrch[0] = servers->domain[0] ? servers->domain : NULL;
    _res.dnsrch[1] = NULL;
}

static void *resolve(void *data) {
    Resolution *resolution = data;
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
    uint64_t done = 1;
    use_servers(&resolution->servers);
    if (getaddrinfo(resolution->host, NULL, &hints, &found) == 0 && found) {
        struct sockaddr_in *address = (struct sockaddr_in *)found->ai_addr;
        inet_ntop(AF_INET, &address->sin_addr, resolution->address, sizeof(resolution->address));
    }
    if (found)
        freeaddrinfo(found);
    if (write(resolution->descriptor, &done, sizeof(done)) < 0)
        abort();
    return NULL;
}

static void resolved(xsMachine *machine, HostWatch *watch, uint32_t events) {
    Resolution *resolution = (Resolution *)watch;
    (void)events;
    loop_unwatch(watch);
    close(resolution->descriptor);
    xsBeginHost(machine);
    {
        xsmcVars(2);
        if (resolution->address[0])
            xsmcSetString(xsVar(0), resolution->address);
        xsVar(1) = resolution->callback;
        xsForget(resolution->callback);
        machine_call(the, &xsVar(1), &xsGlobal, 1, &xsVar(0), NULL);
    }
    xsEndHost(machine);
    free(resolution->host);
}

/* (host, done): calls done(address) later, with undefined when there is none. */
void xs_host_resolve(xsMachine *the) {
    pthread_t thread;
    pthread_attr_t attributes;
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    Resolution *resolution = (Resolution *)loop_watch(descriptor, EPOLLIN, resolved, sizeof(Resolution));
    if (!resolution) {
        close(descriptor);
        xsUnknownError("resolve: no memory");
    }
    resolution->descriptor = descriptor;
    resolution->servers = nameServers;
    resolution->host = strdup(xsmcToString(xsArg(0)));
    resolution->callback = xsArg(1);
    xsRemember(resolution->callback);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int failed = !resolution->host || pthread_create(&thread, &attributes, resolve, resolution);
    pthread_attr_destroy(&attributes);
    if (failed) {
        uint64_t done = 1;
        if (write(descriptor, &done, sizeof(done)) < 0)
            xsUnknownError("resolve: no thread");
    }
}

/* (addresses with spaces between, domain): asks these servers from now on; '' asks the system's again. */
void xs_host_name_servers(xsMachine *the) {
    char list[256], *place = NULL;
    xsmcToStringBuffer(xsArg(0), list, sizeof(list));
    nameServers.count = 0;
    xsmcToStringBuffer(xsArg(1), nameServers.domain, sizeof(nameServers.domain));
    for (char *word = strtok_r(list, " ", &place); word && nameServers.count < MAXNS;
         word = strtok_r(NULL, " ", &place))
        if (inet_pton(AF_INET, word, &nameServers.addresses[nameServers.count]) == 1)
            nameServers.count++;
}

/* (remote): own address towards it, "0.0.0.0" when there is no way there. */
void xs_host_local_address(xsMachine *the) {
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(9)}, own = {0};
    socklen_t size = sizeof(own);
    char text[INET_ADDRSTRLEN] = "0.0.0.0";
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor >= 0 && inet_pton(AF_INET, xsmcToString(xsArg(0)), &peer.sin_addr) == 1 &&
        connect(descriptor, (struct sockaddr *)&peer, sizeof(peer)) == 0 &&
        getsockname(descriptor, (struct sockaddr *)&own, &size) == 0)
        inet_ntop(AF_INET, &own.sin_addr, text, sizeof(text));
    if (descriptor >= 0)
        close(descriptor);
    xsmcSetString(xsResult, text);
}
