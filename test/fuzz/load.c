/*
 * Fuzzes the reading of a load's file in pieces of any size. Every signature is good here and every digest right, or no
 * input would ever come behind them: that those are asked is for test/hal/loads.spec.ts.
 */
#include "load_crypto.h"
#include "signed_load.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool digesting;

enum load_crypto load_crypto_verify(const uint8_t *key, const uint8_t *octets, size_t size, const uint8_t *signature) {
    (void)key, (void)octets, (void)size, (void)signature;
    return LOAD_CRYPTO_GOOD;
}

bool load_crypto_digest_begin(void) {
    digesting = true;
    return true;
}

bool load_crypto_digest_take(const uint8_t *octets, size_t size) {
    uint8_t sum = 0;

    if (!digesting)
        abort();
    while (size > 0)
        sum ^= octets[--size];
    return sum == 0 || digesting;
}

bool load_crypto_digest_end(uint8_t *digest) {
    memset(digest, 0, SIGNED_LOAD_DIGEST);
    return digesting;
}

void load_crypto_digest_forget(void) {
    digesting = false;
}

/* A reason is a text that ends, of what a display can show. */
static void demand_text(const char *reason) {
    for (; *reason; reason++)
        if (*reason < ' ' || *reason > '~')
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct signed_load load;
    struct signed_load_terms *terms = &load.terms;
    size_t before = 0, content;
    char keys[SIGNED_LOAD_KEYS_TEXT + 8] = {0};

    if (size < 2)
        return 0;
    memcpy(keys, data + 2, size - 2 < sizeof(keys) - 1 ? size - 2 : sizeof(keys) - 1);
    signed_load_keys(keys, terms->keys);
    strcpy(terms->name, "linnet-9");
    strcpy(terms->board, "pc");
    terms->least = data[0];
    terms->most = 1000;
    terms->key_count = 1;
    memset(terms->keys[0], 7, SIGNED_LOAD_KEY);
    size_t step = (size_t)data[1] + 1;
    signed_load_begin(&load);
    for (size_t at = 2; at < size; at += step) {
        size_t count = size - at < step ? size - at : step;
        uint8_t *octets = malloc(count);
        const char *problem;

        if (!octets)
            abort();
        memcpy(octets, data + at, count);
        problem = signed_load_take(&load, octets, count, &content);
        free(octets);
        demand_text(problem);
        if (problem[0])
            break;
        if (content > count || (content < count && !signed_load_known(&load)))
            abort();
        before += count - content;
        if (before > terms->most)
            abort();
    }
    demand_text(signed_load_end(&load));
    signed_load_forget(&load);
    return 0;
}
