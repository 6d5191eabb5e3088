/*
 * Reading of DHCP messages; see lease.h.
 */
#include "lease.h"

#include <string.h>

enum {
    ReplyOp = 2,
    YourAddress = 16,
    NextServer = 20,
    Hardware = 28,
    ServerName = 44,
    ServerNameLength = 64,
    File = 108,
    FileLength = 128,
    Cookie = 236,
    Options = 240,
    /* An option put together from several, as RFC 3396 has it, is read up to here. */
    ValueMost = 256
};

/* A value put together, and the message that it comes from. */
struct reading {
    const uint8_t *octets;
    size_t length;
    uint8_t overload;
    uint16_t size;
    uint8_t value[ValueMost];
};

/* Adds what stands under `code` between two places of the message. */
static void gather_field(struct reading *reading, uint8_t code, size_t at, size_t end) {
    const uint8_t *octets = reading->octets;

    while (at < end && octets[at] != LEASE_OPTION_END) {
        if (octets[at] == 0) {
            at++;
            continue;
        }
        if (end - at < 2 || end - at - 2 < octets[at + 1])
            return;
        size_t count = octets[at + 1];
        if (octets[at] == code) {
            size_t room = (size_t)(ValueMost - reading->size);
            memcpy(reading->value + reading->size, octets + at + 2, count < room ? count : room);
            reading->size = (uint16_t)(reading->size + (count < room ? count : room));
        }
        at += 2 + count;
    }
}

/* Puts an option together from all its parts: those of the options field, then of file, then of sname (RFC 3396). */
static bool gather(struct reading *reading, uint8_t code) {
    reading->size = 0;
    gather_field(reading, code, Options, reading->length);
    if (reading->overload & 1)
        gather_field(reading, code, File, File + FileLength);
    if (reading->overload & 2)
        gather_field(reading, code, ServerName, ServerName + ServerNameLength);
    return reading->size > 0;
}

static bool is_host(const uint8_t *address) {
    return address[0] != 0 && address[0] < 224;
}

static void take_list(struct reading *reading, uint8_t code, struct lease_list *list) {
    if (!gather(reading, code))
        return;
    for (size_t at = 0; at + 4 <= reading->size && list->count < LEASE_ADDRESSES; at += 4) {
        if (is_host(reading->value + at))
            memcpy(list->addresses[list->count++], reading->value + at, 4);
    }
}

static void take_address(struct reading *reading, uint8_t code, uint8_t address[4]) {
    if (gather(reading, code) && reading->size == 4)
        memcpy(address, reading->value, 4);
}

static uint32_t take_time(struct reading *reading, uint8_t code) {
    const uint8_t *value = reading->value;

    if (!gather(reading, code) || reading->size != 4)
        return 0;
    return (uint32_t)value[0] << 24 | (uint32_t)value[1] << 16 | (uint32_t)value[2] << 8 | value[3];
}

/* A name up to its NUL, if there is one; '' when it is too long or holds what no name holds. */
static void take_name(const uint8_t *octets, size_t size, char name[LEASE_NAME]) {
    size_t length = 0;

    while (length < size && octets[length] != 0) {
        if (octets[length] <= 0x20 || octets[length] >= 0x7F || length == LEASE_NAME - 1) {
            name[0] = 0;
            return;
        }
        name[length] = (char)octets[length];
        length++;
    }
    name[length] = 0;
}

static void take_named(struct reading *reading, uint8_t code, char name[LEASE_NAME]) {
    if (gather(reading, code))
        take_name(reading->value, reading->size, name);
}

bool lease_parse(const uint8_t *octets, size_t length, struct lease_reply *reply) {
    static const uint8_t cookie[4] = {99, 130, 83, 99};
    struct reading reading = {.octets = octets, .length = length};

    memset(reply, 0, sizeof *reply);
    if (length < Options || octets[0] != ReplyOp || memcmp(octets + Cookie, cookie, sizeof cookie) != 0)
        return false;
    if (!gather(&reading, LEASE_OPTION_TYPE) || reading.size != 1)
        return false;
    reply->type = reading.value[0];
    if (gather(&reading, LEASE_OPTION_OVERLOAD) && reading.size == 1)
        reading.overload = reading.value[0];
    reply->transaction = (uint32_t)octets[4] << 24 | (uint32_t)octets[5] << 16 | (uint32_t)octets[6] << 8 | octets[7];
    memcpy(reply->hardware, octets + Hardware, sizeof reply->hardware);
    if (is_host(octets + YourAddress))
        memcpy(reply->address, octets + YourAddress, 4);
    if (is_host(octets + NextServer))
        memcpy(reply->next_server, octets + NextServer, 4);
    if (!(reading.overload & 2))
        take_name(octets + ServerName, ServerNameLength, reply->server_name);
    take_address(&reading, LEASE_OPTION_SERVER, reply->server);
    take_address(&reading, LEASE_OPTION_MASK, reply->mask);
    reply->time = take_time(&reading, LEASE_OPTION_TIME);
    reply->renewal = take_time(&reading, LEASE_OPTION_RENEWAL);
    reply->rebinding = take_time(&reading, LEASE_OPTION_REBINDING);
    take_list(&reading, LEASE_OPTION_ROUTER, &reply->routers);
    take_list(&reading, LEASE_OPTION_DNS, &reply->dns);
    take_list(&reading, LEASE_OPTION_NTP, &reply->ntp);
    take_list(&reading, LEASE_OPTION_TFTP_ADDRESSES, &reply->tftp);
    take_named(&reading, LEASE_OPTION_DOMAIN, reply->domain);
    take_named(&reading, LEASE_OPTION_TFTP_NAME, reply->tftp_name);
    return true;
}

static char *put_text(char *at, const char *text) {
    size_t length = strlen(text);

    memcpy(at, text, length);
    return at + length;
}

static char *put_address(char *at, const uint8_t address[4]) {
    if (address[0] == 0)
        return at;
    for (int i = 0; i < 4; i++) {
        uint8_t octet = address[i];
        if (i > 0)
            *at++ = '.';
        if (octet >= 100)
            *at++ = (char)('0' + octet / 100);
        if (octet >= 10)
            *at++ = (char)('0' + octet / 10 % 10);
        *at++ = (char)('0' + octet % 10);
    }
    return at;
}

static char *put_list(char *at, const struct lease_list *list) {
    for (int i = 0; i < list->count; i++) {
        if (i > 0)
            *at++ = ' ';
        at = put_address(at, list->addresses[i]);
    }
    return at;
}

static char *put_end(char *at) {
    *at++ = '\n';
    return at;
}

void lease_write(const struct lease_reply *reply, char text[LEASE_TEXT]) {
    static const uint8_t none[4];
    char *at = put_end(put_address(text, reply->address));

    at = put_end(put_address(at, reply->mask));
    at = put_end(put_address(at, reply->routers.count ? reply->routers.addresses[0] : none));
    at = put_end(put_list(at, &reply->dns));
    at = put_end(put_text(at, reply->domain));
    at = put_end(put_list(at, &reply->tftp));
    at = put_end(put_text(at, reply->tftp_name));
    at = put_end(put_address(at, reply->next_server));
    at = put_end(put_text(at, reply->server_name));
    at = put_list(at, &reply->ntp);
    *at = 0;
}

size_t lease_ask(uint8_t *options, size_t length, size_t most, const char *class) {
    static const uint8_t requested[] = LEASE_REQUESTED;
    size_t list = 0, class_at = 0, at = 0, class_length = strlen(class);

    while (at < length && options[at] != LEASE_OPTION_END) {
        if (options[at] == 0) {
            at++;
            continue;
        }
        if (length - at < 2 || length - at - 2 < options[at + 1])
            return length;
        if (options[at] == LEASE_OPTION_REQUEST_LIST)
            list = at + 1;
        if (options[at] == LEASE_OPTION_CLASS)
            class_at = at;
        at += 2u + options[at + 1];
    }
    /* a message that asks for nothing, such as a release, stays as it is */
    if (list == 0)
        return length;
    for (size_t i = 0; i < sizeof requested && length < most && options[list] < 255; i++) {
        size_t end = list + 1 + options[list];
        if (memchr(options + list + 1, requested[i], options[list]))
            continue;
        memmove(options + end + 1, options + end, length - end);
        options[end] = requested[i];
        options[list]++;
        length++;
    }
    if (class_at == 0 && class_length > 0 && class_length <= 255 && most - length >= 2 + class_length) {
        options[length] = LEASE_OPTION_CLASS;
        options[length + 1] = (uint8_t)class_length;
        memcpy(options + length + 2, class, class_length);
        length += 2 + class_length;
    }
    return length;
}
