#include "load_crypto.h"

#ifdef LINNET_MBEDTLS

#include <string.h>

#include <psa/crypto.h>

enum { POINT = 64, DIGEST = 32, UNCOMPRESSED = 0x04 };

static psa_hash_operation_t digesting;

enum load_crypto load_crypto_verify(const uint8_t *key, const uint8_t *octets, size_t size, const uint8_t *signature) {
    const psa_algorithm_t algorithm = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t imported = 0;
    uint8_t point[1 + POINT] = {UNCOMPRESSED};
    psa_status_t status;

    if (psa_crypto_init() != PSA_SUCCESS)
        return LOAD_CRYPTO_FAILED;
    memcpy(point + 1, key, POINT);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_algorithm(&attributes, algorithm);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE);
    if (psa_import_key(&attributes, point, sizeof(point), &imported) != PSA_SUCCESS)
        return LOAD_CRYPTO_FAILED;
    status = psa_verify_message(imported, algorithm, octets, size, signature, POINT);
    psa_destroy_key(imported);
    if (status == PSA_SUCCESS)
        return LOAD_CRYPTO_GOOD;
    return status == PSA_ERROR_INVALID_SIGNATURE ? LOAD_CRYPTO_WRONG : LOAD_CRYPTO_FAILED;
}

bool load_crypto_digest_begin(void) {
    load_crypto_digest_forget();
    digesting = psa_hash_operation_init();
    return psa_crypto_init() == PSA_SUCCESS && psa_hash_setup(&digesting, PSA_ALG_SHA_256) == PSA_SUCCESS;
}

bool load_crypto_digest_take(const uint8_t *octets, size_t size) {
    return psa_hash_update(&digesting, octets, size) == PSA_SUCCESS;
}

bool load_crypto_digest_end(uint8_t *digest) {
    size_t length = 0;

    return psa_hash_finish(&digesting, digest, DIGEST, &length) == PSA_SUCCESS && length == DIGEST;
}

void load_crypto_digest_forget(void) {
    psa_hash_abort(&digesting);
}

#else

/* Built without mbedTLS: no load can be verified, and so none is installed. */
enum load_crypto load_crypto_verify(const uint8_t *key, const uint8_t *octets, size_t size, const uint8_t *signature) {
    (void)key, (void)octets, (void)size, (void)signature;
    return LOAD_CRYPTO_ABSENT;
}

bool load_crypto_digest_begin(void) {
    return false;
}

bool load_crypto_digest_take(const uint8_t *octets, size_t size) {
    (void)octets, (void)size;
    return false;
}

bool load_crypto_digest_end(uint8_t *digest) {
    (void)digest;
    return false;
}

void load_crypto_digest_forget(void) {}

#endif
