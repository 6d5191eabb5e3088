/*
 * The cryptography of loads, all of it mbedTLS's by the interface that ESP-IDF v6.0 and Debian's libmbedtls-dev both
 * have (PSA Crypto API). There is one digest at a time.
 */
#ifndef LINNET_LOAD_CRYPTO_H
#define LINNET_LOAD_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum load_crypto { LOAD_CRYPTO_GOOD, LOAD_CRYPTO_WRONG, LOAD_CRYPTO_FAILED, LOAD_CRYPTO_ABSENT };

/* Whether a signature (r and s, 64 octets) over so many octets is that of a key (its point, 64 octets). */
enum load_crypto load_crypto_verify(const uint8_t *key, const uint8_t *octets, size_t size, const uint8_t *signature);

/* A SHA-256 by pieces; each false when the library refuses. */
bool load_crypto_digest_begin(void);
bool load_crypto_digest_take(const uint8_t *octets, size_t size);
bool load_crypto_digest_end(uint8_t *digest);
/* Frees what a digest that was begun has taken; may be called at any time. */
void load_crypto_digest_forget(void);

#endif
