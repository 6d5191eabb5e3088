/*
 * Reads DHCP messages for the test: a line of hexadecimal digits in, a line out: "none", or type, server, times and
 * lease_write()'s lines with a bar between. Each message lies in memory of its own size, so that sanitizers see every
 * octet read outside it. With FUZZ defined it is a target of libFuzzer instead.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lease.h"

static bool read_message(const uint8_t *octets, size_t length, struct lease_reply *reply, char text[LEASE_TEXT]) {
    uint8_t *exact = malloc(length ? length : 1);
    memcpy(exact, octets, length);
    bool is = lease_parse(exact, length, reply);
    free(exact);
    memset(text, 'x', LEASE_TEXT);
    lease_write(reply, text);
    int lines = 1;
    for (const char *at = text; *at; at++) {
        if (*at != '\n' && !isgraph((unsigned char)*at) && *at != ' ')
            abort();
        lines += *at == '\n';
    }
    if (lines != 10)
        abort();
    return is;
}

#ifdef FUZZ
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What comes first is the options; the header has the cookie, and sname and file from the input, too. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t message[2048] = {2, 1, 6};
    struct lease_reply reply;
    char text[LEASE_TEXT];
    size_t fields = size < 192 ? size : 192, rest = size - fields < 1800 ? size - fields : 1800;
    memcpy(message + 236, "\x63\x82\x53\x63\x35\x01\x05", 7);
    memcpy(message + 44, data, fields);
    memcpy(message + 243, data + fields, rest);
    read_message(message, 243 + rest, &reply, text);
    read_message(data, size, &reply, text);
    return 0;
}
#else
static int digit(char character) {
    return character <= '9' ? character - '0' : character - 'a' + 10;
}

/* A line of a number and options: what lease_ask() makes of them in room for so many octets. */
static void ask(const char *line) {
    char *hexadecimal;
    size_t most = strtoul(line, &hexadecimal, 10), length = strcspn(++hexadecimal, "\n") / 2;
    uint8_t *options = malloc(most ? most : 1);
    for (size_t i = 0; i < length && i < most; i++)
        options[i] = (uint8_t)(digit(hexadecimal[2 * i]) << 4 | digit(hexadecimal[2 * i + 1]));
    length = lease_ask(options, length < most ? length : most, most, "Cisco Systems, Inc. IP Phone CP-7960G");
    if (length > most)
        abort();
    for (size_t i = 0; i < length; i++)
        printf("%02x", options[i]);
    puts("");
    free(options);
}

int main(void) {
    static char line[8192], text[LEASE_TEXT];
    static uint8_t octets[4096];
    struct lease_reply reply;
    while (fgets(line, sizeof line, stdin)) {
        if (line[0] == '+') {
            ask(line + 1);
            continue;
        }
        size_t length = strcspn(line, "\n") / 2;
        for (size_t i = 0; i < length; i++)
            octets[i] = (uint8_t)(digit(line[2 * i]) << 4 | digit(line[2 * i + 1]));
        if (!read_message(octets, length, &reply, text)) {
            puts("none");
            continue;
        }
        for (char *at = text; *at; at++)
            if (*at == '\n')
                *at = '|';
        printf("%u %u.%u.%u.%u %u %u %u|%s\n", reply.type, reply.server[0], reply.server[1], reply.server[2],
               reply.server[3], reply.time, reply.renewal, reply.rebinding, text);
    }
    return 0;
}
#endif
