#include "pack.h"

#include <string.h>

static const char head[] = "linnet-pack 1\n";
static const char broken[] = "its list of files is broken";

/* What is left of a list. */
struct list {
    const char *at, *end;
};

static bool is_plain(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '_' || letter == '-';
}

/* Whether a path leads nowhere but down. */
static bool is_path(const char *path, size_t length) {
    char before = '/';

    if (length == 0 || length > PACK_PATH || path[length - 1] == '/')
        return false;
    for (size_t index = 0; index < length; index++) {
        char letter = path[index];

        if (!is_plain(letter) && !(before != '/' && (letter == '.' || letter == '/')))
            return false;
        before = letter;
    }
    return true;
}

/* Takes a line "SIZE PATH" off the list; NULL, or what is wrong with it. */
static const char *next_file(struct list *list, struct pack_file *file, size_t most) {
    const char *line = list->at;
    const char *end = memchr(line, '\n', (size_t)(list->end - line));
    size_t size = 0, length;

    if (!end)
        return broken;
    if (line == end || *line < '0' || *line > '9')
        return broken;
    while (line < end && *line >= '0' && *line <= '9') {
        size = size * 10 + (size_t)(*line++ - '0');
        if (size > most)
            return "its files have more octets than came";
    }
    if (line == end || *line++ != ' ')
        return broken;
    length = (size_t)(end - line);
    if (!is_path(line, length))
        return "it has a file whose path is not to be trusted";
    memcpy(file->path, line, length);
    file->path[length] = 0;
    file->size = size;
    list->at = end + 1;
    return NULL;
}

/* Goes through the list, whose files' octets begin behind it; with `take` it has been checked. */
static const char *walk(const char *octets, size_t size, const char *list_end, pack_taker take, void *context) {
    struct list list = {octets + sizeof(head) - 1, list_end};
    const char *at = list_end + 1, *end = octets + size;
    struct pack_file file;

    for (int count = 0; list.at < list.end; count++) {
        const char *problem;

        if (count == PACK_FILES)
            return "it has too many files";
        problem = next_file(&list, &file, (size_t)(end - at));
        if (problem)
            return problem;
        file.octets = at;
        at += file.size;
        if (take && !take(context, &file))
            return "it cannot be unpacked";
    }
    return at == end ? "" : "its files have fewer octets than came";
}

const char *pack_read(const char *octets, size_t size, pack_taker take, void *context) {
    const char *list_end = NULL;
    const char *problem;

    if (size <= sizeof(head) || memcmp(octets, head, sizeof(head) - 1) != 0)
        return "it holds no modules for this program";
    /* An empty line ends the list: the end of a line, and another one right behind it. */
    for (size_t at = sizeof(head) - 2; at + 1 < size && at < PACK_LIST; at++)
        if (octets[at] == '\n' && octets[at + 1] == '\n') {
            list_end = octets + at + 1;
            break;
        }
    if (!list_end)
        return broken;
    problem = walk(octets, size, list_end, NULL, NULL);
    return problem[0] || !take ? problem : walk(octets, size, list_end, take, context);
}
