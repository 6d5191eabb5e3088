/*
 * Reads what a DHCP server says (RFC 2131, 2132, 3396) as far as a phone wants it. Portable: the host's own client and
 * the hook into lwIP on the device read the same way. No memory is taken, nothing outside the message is read, whatever
 * it holds.
 */
#ifndef LINNET_LEASE_H
#define LINNET_LEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LEASE_ADDRESSES = 4,
    LEASE_NAME = 128,
    /* Octets of a lease's text, its NUL included. */
    LEASE_TEXT = 1024
};

enum {
    LEASE_OPTION_MASK = 1,
    LEASE_OPTION_ROUTER = 3,
    LEASE_OPTION_DNS = 6,
    LEASE_OPTION_HOST_NAME = 12,
    LEASE_OPTION_DOMAIN = 15,
    LEASE_OPTION_NTP = 42,
    LEASE_OPTION_ADDRESS = 50,
    LEASE_OPTION_TIME = 51,
    LEASE_OPTION_OVERLOAD = 52,
    LEASE_OPTION_TYPE = 53,
    LEASE_OPTION_SERVER = 54,
    LEASE_OPTION_REQUEST_LIST = 55,
    LEASE_OPTION_MESSAGE_SIZE = 57,
    LEASE_OPTION_RENEWAL = 58,
    LEASE_OPTION_REBINDING = 59,
    LEASE_OPTION_CLASS = 60,
    LEASE_OPTION_CLIENT = 61,
    LEASE_OPTION_TFTP_NAME = 66,
    LEASE_OPTION_TFTP_ADDRESSES = 150,
    LEASE_OPTION_END = 255
};

enum { LEASE_DISCOVER = 1, LEASE_OFFER, LEASE_REQUEST, LEASE_DECLINE, LEASE_ACK, LEASE_NAK, LEASE_RELEASE };

/* Options asked for, in the order of trust. */
#define LEASE_REQUESTED                                                                                                \
    {                                                                                                                  \
        LEASE_OPTION_MASK, LEASE_OPTION_ROUTER, LEASE_OPTION_DNS, LEASE_OPTION_DOMAIN, LEASE_OPTION_NTP,               \
            LEASE_OPTION_TIME, LEASE_OPTION_RENEWAL, LEASE_OPTION_REBINDING, LEASE_OPTION_TFTP_NAME,                   \
            LEASE_OPTION_TFTP_ADDRESSES                                                                                \
    }

/* Up to LEASE_ADDRESSES addresses, most wanted first. */
struct lease_list {
    uint8_t count;
    uint8_t addresses[LEASE_ADDRESSES][4];
};

/* A server's message. Addresses are octets in their order, zero where there is none; names are '' then. */
struct lease_reply {
    uint32_t transaction;
    uint8_t hardware[6];
    uint8_t type;
    uint8_t address[4];
    uint8_t server[4];
    uint8_t mask[4];
    /* Seconds, 0 where the server does not say. */
    uint32_t time, renewal, rebinding;
    struct lease_list routers, dns, ntp, tftp;
    uint8_t next_server[4];
    char domain[LEASE_NAME];
    char tftp_name[LEASE_NAME];
    char server_name[LEASE_NAME];
};

/* Reads a message, from its op octet on; false when it is none of a DHCP server. Malformed options are passed over. */
bool lease_parse(const uint8_t *octets, size_t length, struct lease_reply *reply);

/*
 * Makes another client's message ask as a Cisco phone does: adds to its list of requests (option 55) what is missing in
 * it, and `class` (option 60, what servers tell Cisco phones by) unless it has one. `length` octets of options, before
 * their end mark, lie in room for `most`; their length then.
 */
size_t lease_ask(uint8_t *options, size_t length, size_t most, const char *class);

/*
 * A lease as text for the TypeScript side (hal/dhcp/lease.ts): one line each for address, mask, router, DNS servers,
 * domain, option 150, option 66, siaddr, sname, NTP servers; lists with a space between. At most LEASE_TEXT octets with
 * its NUL.
 */
void lease_write(const struct lease_reply *reply, char text[LEASE_TEXT]);

#endif
