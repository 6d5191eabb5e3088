#include "signed_load.h"

#include <stdio.h>
#include <string.h>

#include "load_crypto.h"

enum {
    FORMAT = 1,
    AT_FORMAT = 8,
    AT_COUNTER = 12,
    AT_SIZE = 16,
    AT_ZERO = 20,
    AT_BOARD = 24,
    AT_NAME = 56,
    AT_DIGEST = 120,
    AT_KEY = 152,
    KEY_IDENTITY = 8,
    AT_SIGNATURE = SIGNED_LOAD_SIGNED,
    AT_PADDING = 224
};

static const uint8_t magic[AT_FORMAT] = {'L', 'I', 'N', 'N', 'E', 'T', 'L', 'D'};
static const char key_prefix[] = "p256:";
static const char foreign[] = "its header is none that this phone knows";

static uint32_t number_at(const uint8_t *header, int at, int octets) {
    uint32_t value = 0;

    while (octets-- > 0)
        value = value << 8 | header[at + octets];
    return value;
}

static bool is_zero(const uint8_t *octets, size_t size) {
    while (size > 0)
        if (octets[--size])
            return false;
    return true;
}

/* A text that fills its field with zeros behind it, and with nothing that a display or a log could stumble over. */
static bool is_text(const uint8_t *field, size_t size) {
    size_t length = 0;

    while (length < size && field[length] > ' ' && field[length] < 0x7F)
        length++;
    return length > 0 && is_zero(field + length, size - length);
}

static bool is_same(const uint8_t *field, size_t size, const char *text) {
    size_t length = strlen(text);

    return length <= size && memcmp(field, text, length) == 0 && is_zero(field + length, size - length);
}

static int digit_of(char letter) {
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

int signed_load_keys(const char *text, uint8_t keys[SIGNED_LOAD_KEYS][SIGNED_LOAD_KEY]) {
    int count = 0;

    while (count < SIGNED_LOAD_KEYS && strncmp(text, key_prefix, sizeof(key_prefix) - 1) == 0) {
        text += sizeof(key_prefix) - 1;
        for (int index = 0; index < SIGNED_LOAD_KEY; index++, text += 2) {
            int high = digit_of(text[0]);
            int low = high < 0 ? -1 : digit_of(text[1]);

            if (low < 0)
                return 0;
            keys[count][index] = (uint8_t)(high << 4 | low);
        }
        count++;
        if (*text == 0)
            return count;
        if (*text++ != ',')
            return 0;
    }
    return 0;
}

void signed_load_begin(struct signed_load *load) {
    signed_load_forget(load);
    load->size = load->counter = 0;
}

void signed_load_forget(struct signed_load *load) {
    load_crypto_digest_forget();
    load->filled = load->taken = 0;
    load->reason[0] = 0;
}

bool signed_load_known(const struct signed_load *load) {
    return load->filled == SIGNED_LOAD_HEADER;
}

/* The key that has signed, NULL when it is none that is trusted. */
static const uint8_t *key_of(const struct signed_load *load) {
    for (int index = 0; index < load->terms.key_count; index++)
        if (memcmp(load->terms.keys[index], load->header + AT_KEY, KEY_IDENTITY) == 0)
            return load->terms.keys[index];
    return NULL;
}

/* Whether the header is signed by whom the phone trusts. */
static const char *check_signature(struct signed_load *load) {
    const uint8_t *header = load->header;
    const uint8_t *key = key_of(load);

    if (is_zero(header + AT_KEY, KEY_IDENTITY) && is_zero(header + AT_SIGNATURE, AT_PADDING - AT_SIGNATURE))
        return "it is not signed";
    if (load->terms.key_count == 0)
        return "this phone's build trusts no key";
    if (!key) {
        snprintf(load->reason, sizeof(load->reason), "it is signed by another key, %02x%02x%02x%02x", header[AT_KEY],
                 header[AT_KEY + 1], header[AT_KEY + 2], header[AT_KEY + 3]);
        return load->reason;
    }
    switch (load_crypto_verify(key, header, SIGNED_LOAD_SIGNED, header + AT_SIGNATURE)) {
    case LOAD_CRYPTO_GOOD:
        return "";
    case LOAD_CRYPTO_WRONG:
        return "it has been altered: its signature is wrong";
    case LOAD_CRYPTO_ABSENT:
        return "this program was built without mbedTLS and cannot verify it";
    default:
        return "it cannot be verified: no memory, or a broken key";
    }
}

/* Whether a header that its signer vouches for is that of the load that is wanted. */
static const char *check_terms(struct signed_load *load) {
    const struct signed_load_terms *terms = &load->terms;
    const uint8_t *header = load->header;

    if (!is_text(header + AT_BOARD, SIGNED_LOAD_BOARD) || !is_text(header + AT_NAME, SIGNED_LOAD_NAME) ||
        number_at(header, AT_FORMAT + 2, 2) || number_at(header, AT_ZERO, 4))
        return foreign;
    load->counter = number_at(header, AT_COUNTER, 4);
    load->size = number_at(header, AT_SIZE, 4);
    if (!is_same(header + AT_BOARD, SIGNED_LOAD_BOARD, terms->board))
        snprintf(load->reason, sizeof(load->reason), "it is for %.*s, and this is %s", SIGNED_LOAD_BOARD,
                 (const char *)header + AT_BOARD, terms->board);
    else if (!is_same(header + AT_NAME, SIGNED_LOAD_NAME, terms->name))
        snprintf(load->reason, sizeof(load->reason), "it is %.*s", SIGNED_LOAD_NAME, (const char *)header + AT_NAME);
    else if (load->counter < terms->least)
        snprintf(load->reason, sizeof(load->reason), "it is older: counter %lu, %lu at least",
                 (unsigned long)load->counter, (unsigned long)terms->least);
    else if (load->size == 0 || load->size > terms->most)
        snprintf(load->reason, sizeof(load->reason), "it has %lu octets, and there is room for %lu",
                 (unsigned long)load->size, (unsigned long)terms->most);
    return load->reason;
}

static const char *check_header(struct signed_load *load) {
    uint32_t format = number_at(load->header, AT_FORMAT, 2);
    const char *problem;

    if (!is_zero(load->header + AT_PADDING, SIGNED_LOAD_HEADER - AT_PADDING))
        return foreign;
    if (format != FORMAT) {
        snprintf(load->reason, sizeof(load->reason), "it is of format %u, and format %d is known", (unsigned)format,
                 FORMAT);
        return load->reason;
    }
    problem = check_signature(load);
    if (!problem[0])
        problem = check_terms(load);
    if (!problem[0] && !load_crypto_digest_begin())
        problem = "it cannot be verified: no memory";
    return problem;
}

/* Fills the header, and checks it when it is whole. What does not begin as a header does is refused at once. */
static const char *take_header(struct signed_load *load, const uint8_t *octets, size_t size) {
    memcpy(load->header + load->filled, octets, size);
    load->filled += (uint32_t)size;
    if (memcmp(load->header, magic, load->filled < sizeof(magic) ? load->filled : sizeof(magic)) != 0)
        return "it is not signed";
    return load->filled == SIGNED_LOAD_HEADER ? check_header(load) : "";
}

const char *signed_load_take(struct signed_load *load, const uint8_t *octets, size_t size, size_t *content) {
    size_t missing = SIGNED_LOAD_HEADER - load->filled;
    size_t header = size < missing ? size : missing;

    *content = header;
    if (header > 0) {
        const char *problem = take_header(load, octets, header);

        if (problem[0])
            return problem;
    }
    size -= header;
    if (size == 0)
        return "";
    if (size > load->size - load->taken) {
        snprintf(load->reason, sizeof(load->reason), "%lu octets were announced and more came",
                 (unsigned long)load->size);
        return load->reason;
    }
    load->taken += (uint32_t)size;
    return load_crypto_digest_take(octets + header, size) ? "" : "it cannot be verified: no memory";
}

const char *signed_load_end(struct signed_load *load) {
    uint8_t digest[SIGNED_LOAD_DIGEST];

    if (!signed_load_known(load)) {
        snprintf(load->reason, sizeof(load->reason), "it is cut off: %lu octets came, and its header has %d",
                 (unsigned long)load->filled, SIGNED_LOAD_HEADER);
        return load->reason;
    }
    if (load->taken != load->size) {
        snprintf(load->reason, sizeof(load->reason), "%lu octets were announced and %lu came",
                 (unsigned long)load->size, (unsigned long)load->taken);
        return load->reason;
    }
    if (!load_crypto_digest_end(digest))
        return "it cannot be verified: no memory";
    return memcmp(digest, load->header + AT_DIGEST, sizeof(digest)) == 0 ? ""
                                                                         : "it has been altered: its checksum is wrong";
}
