/*
 * Takes loads and packs as the bodies do, for test/hal/loads.spec.ts. Words: `load NAME BOARD LEAST MOST KEYS PIECE`
 * with a file as standard input prints "good OCTETS" or why it is refused; `flips` with the same words prints how many
 * of the files are not refused that differ from it in a bit of one octet; `pack` prints the files of a pack, or what is
 * wrong with it.
 */
#include "load_crypto.h"
#include "pack.h"
#include "signed_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct signed_load load;

static const char *take_all(const uint8_t *octets, size_t size, size_t piece) {
    size_t content;

    signed_load_begin(&load);
    for (size_t at = 0; at < size; at += piece) {
        const char *problem = signed_load_take(&load, octets + at, size - at < piece ? size - at : piece, &content);

        if (problem[0])
            return problem;
    }
    return signed_load_end(&load);
}

static bool show(void *context, const struct pack_file *file) {
    (void)context;
    printf("%s %zu %.*s\n", file->path, file->size, (int)file->size, file->octets);
    return true;
}

static void set_terms(char **words) {
    struct signed_load_terms *terms = &load.terms;

    snprintf(terms->name, sizeof(terms->name), "%s", words[0]);
    snprintf(terms->board, sizeof(terms->board), "%s", words[1]);
    terms->least = (uint32_t)strtoul(words[2], NULL, 10);
    terms->most = (uint32_t)strtoul(words[3], NULL, 10);
    terms->key_count = signed_load_keys(words[4], terms->keys);
}

int main(int argc, char **argv) {
    static uint8_t octets[1 << 22];
    size_t size = fread(octets, 1, sizeof(octets), stdin);

    if (argc == 2 && strcmp(argv[1], "pack") == 0) {
        const char *problem = pack_read((char *)octets, size, show, NULL);

        puts(problem[0] ? problem : "good");
        return 0;
    }
    if (argc != 8)
        return 2;
    set_terms(argv + 2);
    size_t piece = strtoul(argv[7], NULL, 10);
    if (strcmp(argv[1], "flips") == 0) {
        int taken = 0;

        for (size_t at = 0; at < size; at++) {
            uint8_t bit = (uint8_t)(1 << at % 8);

            octets[at] ^= bit;
            taken += take_all(octets, size, piece)[0] == 0;
            octets[at] ^= bit;
        }
        printf("%d of %zu\n", taken, size);
        return 0;
    }
    const char *problem = take_all(octets, size, piece);
    if (problem[0])
        puts(problem);
    else
        printf("good %lu\n", (unsigned long)load.taken);
    signed_load_forget(&load);
    return 0;
}
