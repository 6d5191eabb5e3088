/*
 * DHCP client of the host body (RFC 2131): asks for an address on one interface as a Cisco phone does, keeps it, gives
 * it back.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "dhcp_link.h"
#include "lease.h"

enum { Idle, Selecting, Requesting, Bound, Renewing, Rebinding };

enum {
    MessageLength = 548,
    BroadcastFlag = 0x80,
    /* Milliseconds: the first wait for an answer, which doubles, and the last; requests in a row for one offer. */
    FirstWait = 2000,
    LastWait = 64000,
    Requests = 4,
    /* Between a refusal and the next attempt, doubled so often at most. */
    RefusedWait = 2000,
    /* Least wait between attempts to renew (RFC 2131, 4.4.5). */
    RenewWait = 60000,
    MostRefusals = 5
};

static const uint8_t everybody[4] = {255, 255, 255, 255}, nobody[4];

static struct {
    int state;
    HostTimer timer;
    xsMachine *the;
    xsSlot callback;
    bool listened;
    uint32_t transaction;
    int64_t began;
    int wait, tries, refusals;
    /* When the lease is to be renewed, from anyone, and given up. */
    int64_t renewal, rebinding, expiry;
    struct lease_reply lease;
    char hostName[32], vendorClass[64];
} client = {.timer = {.due = -1}};

static uint8_t *put_option(uint8_t *at, uint8_t code, const void *value, size_t length) {
    at[0] = code;
    at[1] = (uint8_t)length;
    memcpy(at + 2, value, length);
    return at + 2 + length;
}

/* Builds and sends a message; `own` is the address already held, `wish` the one asked for, `server` whose offer it was.
 */
static void dhcp_send(uint8_t type, const uint8_t *own, const uint8_t *wish, const uint8_t *server, const uint8_t *to) {
    static const uint8_t requested[] = LEASE_REQUESTED;
    uint8_t message[MessageLength] = {1, 1, 6, 0}, *at = message + 240, identity[7] = {1};
    uint16_t seconds = (uint16_t)((loop_milliseconds() - client.began) / 1000);
    for (int i = 0; i < 4; i++)
        message[4 + i] = (uint8_t)(client.transaction >> (24 - 8 * i));
    message[8] = (uint8_t)(seconds >> 8);
    message[9] = (uint8_t)seconds;
    if (!own)
        message[10] = BroadcastFlag;
    else
        memcpy(message + 12, own, 4);
    memcpy(message + 28, dhcp_link_hardware(), 6);
    memcpy(message + 236, "\x63\x82\x53\x63", 4);
    memcpy(identity + 1, dhcp_link_hardware(), 6);
    at = put_option(at, LEASE_OPTION_TYPE, &type, 1);
    at = put_option(at, LEASE_OPTION_CLIENT, identity, sizeof(identity));
    if (wish)
        at = put_option(at, LEASE_OPTION_ADDRESS, wish, 4);
    if (server)
        at = put_option(at, LEASE_OPTION_SERVER, server, 4);
    if (type != LEASE_RELEASE) {
        at = put_option(at, LEASE_OPTION_MESSAGE_SIZE, "\x05\xC0", 2);
        at = put_option(at, LEASE_OPTION_CLASS, client.vendorClass, strlen(client.vendorClass));
        at = put_option(at, LEASE_OPTION_HOST_NAME, client.hostName, strlen(client.hostName));
        at = put_option(at, LEASE_OPTION_REQUEST_LIST, requested, sizeof(requested));
    }
    *at = LEASE_OPTION_END;
    if (!dhcp_link_send(message, sizeof(message), to))
        host_log("dhcp: cannot send: %s", strerror(errno));
}

static void dhcp_wait(int64_t milliseconds) {
    loop_schedule(&client.timer, loop_milliseconds() + milliseconds);
}

static void tell(void) {
    xsMachine *the = client.the;
    xsSlot receiver;
    xsmcSetUndefined(receiver);
    if (client.listened)
        machine_call(the, &client.callback, &receiver, 0, NULL, NULL);
}

/* Looks for a server after `delay` milliseconds. */
static void restart(int64_t delay) {
    client.state = Selecting;
    client.tries = 0;
    dhcp_wait(delay);
}

static void discover(void) {
    if (client.tries == 0) {
        client.began = loop_milliseconds();
        client.wait = FirstWait;
        if (getrandom(&client.transaction, sizeof(client.transaction), 0) < 0)
            client.transaction = (uint32_t)client.began;
    } else if (client.tries == 3)
        host_log("dhcp: no server answers; asking again, less and less often");
    client.tries++;
    dhcp_send(LEASE_DISCOVER, NULL, NULL, NULL, everybody);
    /* from 3/4 to 5/4, so that phones that got power together do not ask together */
    dhcp_wait(client.wait * 3 / 4 + (int)(client.transaction % 1000) * client.wait / 2000);
    client.wait = client.wait * 2 < LastWait ? client.wait * 2 : LastWait;
}

static void request(void) {
    if (client.tries++ >= Requests) {
        restart(0);
        return;
    }
    dhcp_send(LEASE_REQUEST, NULL, client.lease.address, client.lease.server, everybody);
    dhcp_wait(FirstWait);
}

static void lose(void) {
    host_log("dhcp: the lease is over");
    dhcp_link_clear();
    memset(&client.lease, 0, sizeof(client.lease));
    tell();
}

/* Renews from the server, then from any, each time after half of what is left, until the lease ends. */
static void renew(void) {
    int64_t now = loop_milliseconds();
    if (now >= client.expiry) {
        restart(0);
        lose();
        return;
    }
    if (client.state == Bound)
        client.began = now;
    client.state = now >= client.rebinding ? Rebinding : Renewing;
    dhcp_send(LEASE_REQUEST, client.lease.address, NULL, NULL,
              client.state == Rebinding ? everybody : client.lease.server);
    int64_t end = client.state == Rebinding ? client.expiry : client.rebinding;
    int64_t half = (end - now) / 2 > RenewWait ? (end - now) / 2 : RenewWait;
    dhcp_wait(end - now < half ? end - now : half);
}

static void timer_due(xsMachine *the, HostTimer *timer) {
    (void)the;
    (void)timer;
    if (client.state == Selecting)
        discover();
    else if (client.state == Requesting)
        request();
    else if (client.state != Idle)
        renew();
}

static int64_t clamp(uint32_t seconds, int64_t least, int64_t most) {
    int64_t milliseconds = (int64_t)seconds * 1000;
    return milliseconds < least ? least : milliseconds > most ? most : milliseconds;
}

/* An acknowledgement: the lease is ours from now on. */
static void bind_lease(const struct lease_reply *reply) {
    char before[LEASE_TEXT], after[LEASE_TEXT];
    bool held = client.state != Requesting;
    /* a server that sets no end has its lease renewed once a day all the same */
    int64_t time = clamp(reply->time ? reply->time : 86400, 2000, (int64_t)86400 * 1000 * 365),
            now = loop_milliseconds();
    lease_write(&client.lease, before);
    const struct lease_list *routers = &reply->routers, *routersBefore = &client.lease.routers;
    const uint8_t *router = routers->count ? routers->addresses[0] : nobody;
    bool moved = !held || memcmp(client.lease.address, reply->address, 4) != 0 ||
                 memcmp(client.lease.mask, reply->mask, 4) != 0 ||
                 memcmp(routersBefore->count ? routersBefore->addresses[0] : nobody, router, 4) != 0;
    uint8_t server[4];
    memcpy(server, client.lease.server, 4);
    client.lease = *reply;
    if (reply->server[0] == 0)
        memcpy(client.lease.server, server, 4);
    client.state = Bound;
    client.refusals = 0;
    client.expiry = now + time;
    client.rebinding = now + (reply->rebinding ? clamp(reply->rebinding, 1000, time) : time / 8 * 7);
    client.renewal = now + (reply->renewal ? clamp(reply->renewal, 1000, client.rebinding - now) : time / 2);
    lease_write(&client.lease, after);
    loop_schedule(&client.timer, client.renewal);
    if (moved && !dhcp_link_configure(client.lease.address, client.lease.mask, router))
        host_log("dhcp: cannot set the interface's address: %s", strerror(errno));
    if (!held || strcmp(before, after) != 0)
        tell();
}

static void take(const struct lease_reply *reply) {
    if (reply->transaction != client.transaction || memcmp(reply->hardware, dhcp_link_hardware(), 6) != 0)
        return;
    if (client.state == Selecting && reply->type == LEASE_OFFER && reply->address[0] && reply->server[0]) {
        client.lease = *reply;
        client.state = Requesting;
        client.tries = 0;
        request();
        return;
    }
    bool asked = client.state == Requesting || client.state == Renewing || client.state == Rebinding;
    if (asked && reply->type == LEASE_ACK && reply->address[0])
        bind_lease(reply);
    else if (asked && reply->type == LEASE_NAK) {
        bool held = client.state != Requesting;
        host_log("dhcp: the server refuses the address");
        restart((int64_t)RefusedWait << client.refusals);
        if (client.refusals < MostRefusals)
            client.refusals++;
        if (held)
            lose();
    }
}

static void received(xsMachine *the, HostWatch *watch, uint32_t events) {
    uint8_t octets[1500];
    struct lease_reply reply;
    int length;
    (void)the;
    (void)watch;
    (void)events;
    while (client.state != Idle && (length = dhcp_link_receive(octets, sizeof(octets))) >= 0) {
        if (length > 0 && lease_parse(octets, (size_t)length, &reply))
            take(&reply);
    }
}

static bool holds_lease(void) {
    return client.state == Bound || client.state == Renewing || client.state == Rebinding;
}

/* Gives the lease back and asks no more. */
void dhcp_end(void) {
    if (client.state == Idle)
        return;
    if (holds_lease()) {
        client.transaction++;
        dhcp_send(LEASE_RELEASE, client.lease.address, NULL, client.lease.server, client.lease.server);
        dhcp_link_clear();
    }
    client.state = Idle;
    loop_unschedule(&client.timer);
    dhcp_link_close();
}

/* (interface, host name, vendor class, changed): asks for an address; calls changed() at each change of the lease. ''
 * or what is wrong. */
void xs_dhcp_start(xsMachine *the) {
    if (client.state != Idle)
        xsUnknownError("dhcp: already started");
    xsmcToStringBuffer(xsArg(1), client.hostName, sizeof(client.hostName));
    xsmcToStringBuffer(xsArg(2), client.vendorClass, sizeof(client.vendorClass));
    const char *problem = dhcp_link_open(xsmcToString(xsArg(0)), received);
    xsmcSetString(xsResult, (char *)(problem ? problem : ""));
    if (problem)
        return;
    client.the = the;
    client.timer.callback = timer_due;
    if (!client.listened) {
        client.callback = xsArg(3);
        xsRemember(client.callback);
        client.listened = true;
    }
    memset(&client.lease, 0, sizeof(client.lease));
    restart(0);
}

/* Gives the lease back and asks no more. */
void xs_dhcp_stop(xsMachine *the) {
    (void)the;
    dhcp_end();
}

/* (interface, address, mask, router): sets an interface's address by hand; '' or what is wrong. */
void xs_dhcp_configure(xsMachine *the) {
    uint8_t values[3][4] = {{0}};
    const char *problem = dhcp_link_open(xsmcToString(xsArg(0)), received);
    for (int i = 0; i < 3; i++)
        inet_pton(AF_INET, xsmcToString(xsArg(i + 1)), values[i]);
    if (!problem) {
        if (!dhcp_link_configure(values[0], values[1], values[2]))
            problem = strerror(errno);
        dhcp_link_close();
    }
    xsmcSetString(xsResult, (char *)(problem ? problem : ""));
}

/* The lease as lease_write() has it, '' while there is none. */
void xs_dhcp_lease(xsMachine *the) {
    char text[LEASE_TEXT] = "";
    if (holds_lease())
        lease_write(&client.lease, text);
    xsmcSetString(xsResult, text);
}

/* (interface): its hardware address, 12 upper-case hexadecimal digits; '' for what is no Ethernet. */
void xs_dhcp_hardware(xsMachine *the) {
    uint8_t address[6];
    char text[13] = "";
    if (dhcp_link_address(xsmcToString(xsArg(0)), address))
        for (int i = 0; i < 6; i++)
            snprintf(text + 2 * i, 3, "%02X", address[i]);
    xsmcSetString(xsResult, text);
}
