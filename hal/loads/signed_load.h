/*
 * A load's file as all bodies have it: a header of 256 octets, signed, and behind it what the body installs. Made by
 * tools/loads. Numbers are little-endian, texts end with zeros:
 *
 *     0  "LINNETLD"
 *     8  format, 16 bits: 1; 10: zero, 16 bits
 *    12  counter, 32 bits: a load with a lower one than the phone has had is older
 *    16  octets of the content, 32 bits; 20: zero, 32 bits
 *    24  the board that it is for, 32 octets
 *    56  the load's name, 64 octets
 *   120  SHA-256 of the content
 *   152  identity of the key: the first 8 octets of its public point
 *   160  ECDSA on P-256 with SHA-256 over all before, r and s of 32 octets each, big-endian (IEEE P1363)
 *   224  zeros
 *
 * Takes the file in pieces of any size. No octet of content is let through before the header holds; the content's own
 * digest is known at its end. Needs no memory but its struct, and load_crypto.h for all cryptography.
 */
#ifndef LINNET_SIGNED_LOAD_H
#define LINNET_SIGNED_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SIGNED_LOAD_HEADER = 256,
    SIGNED_LOAD_SIGNED = 160,
    SIGNED_LOAD_NAME = 64,
    SIGNED_LOAD_BOARD = 32,
    SIGNED_LOAD_DIGEST = 32,
    SIGNED_LOAD_KEY = 64,
    SIGNED_LOAD_KEYS = 4,
    /* Of a list of keys as text, its end included: "p256:" and 128 digits each, with commas between. */
    SIGNED_LOAD_KEYS_TEXT = SIGNED_LOAD_KEYS * (5 + 2 * SIGNED_LOAD_KEY + 1),
    SIGNED_LOAD_REASON = 112
};

/* What a load has to be. */
struct signed_load_terms {
    char name[SIGNED_LOAD_NAME + 1];
    char board[SIGNED_LOAD_BOARD + 1];
    /* The least counter that is not older. */
    uint32_t least;
    /* Octets that there is room for. */
    uint32_t most;
    int key_count;
    uint8_t keys[SIGNED_LOAD_KEYS][SIGNED_LOAD_KEY];
};

struct signed_load {
    struct signed_load_terms terms;
    uint8_t header[SIGNED_LOAD_HEADER];
    /* Octets of the header so far, and of the content behind it. */
    uint32_t filled, taken;
    /* Of a header that holds. */
    uint32_t size, counter;
    char reason[SIGNED_LOAD_REASON];
};

/*
 * Reads a list of public keys: "p256:" and 128 hexadecimal digits of the point, several with commas between. Returns
 * how many; 0 for none and for what is no such list.
 */
int signed_load_keys(const char *text, uint8_t keys[SIGNED_LOAD_KEYS][SIGNED_LOAD_KEY]);

/* Begins a file, with its terms already in the struct. */
void signed_load_begin(struct signed_load *load);

/*
 * Takes the next octets of the file. `content` is where among them the content begins, `size` when all of them belong
 * to the header. Returns "" or why the load is refused; nothing more is to be taken then.
 */
const char *signed_load_take(struct signed_load *load, const uint8_t *octets, size_t size, size_t *content);

/* Whether the header has come and holds. */
bool signed_load_known(const struct signed_load *load);

/* The file is over: "", or why the load is refused. */
const char *signed_load_end(struct signed_load *load);

/* Gives up what was begun; may be called at any time. */
void signed_load_forget(struct signed_load *load);

#endif
