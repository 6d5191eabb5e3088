/*
 * Loads on the host: archives of the phone's modules, unpacked into one of two slots of a folder, of which the program
 * starts the one that the folder's state names. A new load that has not been confirmed by its second start gives way to
 * the one before it. Checksum and unpacking are the work of sha256sum and tar.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host.h"

extern char **environ;

/* Slots are 'a' and 'b'; '-' is what the program was started with. `status`: 'n' new, 't' being tried, 'g' good. */
typedef struct {
    char slot, status, before;
} LoadState;

enum { NameMost = 64 };

static char load_folder[PATH_MAX - 64];
static LoadState state = {'-', 'g', '-'};
static char load_name[NameMost + 1];
static bool rolled_back;
static int incoming = -1;

static void state_path(char *path, const char *suffix) {
    snprintf(path, PATH_MAX, "%s/state%s", load_folder, suffix);
}

static bool write_state(const LoadState *value) {
    char path[PATH_MAX], beside[PATH_MAX];
    state_path(path, "");
    state_path(beside, ".new");
    int descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = descriptor >= 0 && write(descriptor, value, sizeof(*value)) == (ssize_t)sizeof(*value) &&
                fsync(descriptor) == 0;
    if (descriptor >= 0 && close(descriptor) < 0)
        good = false;
    return good && rename(beside, path) == 0;
}

static bool is_slot(char slot) {
    return slot == 'a' || slot == 'b' || slot == '-';
}

static void read_state(void) {
    char path[PATH_MAX];
    LoadState found;
    state_path(path, "");
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    if (read(descriptor, &found, sizeof(found)) == (ssize_t)sizeof(found) && is_slot(found.slot) &&
        is_slot(found.before) && strchr("ntg", found.status) && found.status)
        state = found;
    close(descriptor);
}

/* What stands in a slot's file `name`; false when it cannot be read. */
static bool read_name(char slot, char *name) {
    char path[PATH_MAX];
    snprintf(path, sizeof(path), "%s/%c/name", load_folder, slot);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    ssize_t length = read(descriptor, name, NameMost);
    close(descriptor);
    name[length < 0 ? 0 : length] = 0;
    return length > 0;
}

const char *update_choose(const char *folder, const char *map) {
    static char path[PATH_MAX];
    snprintf(load_folder, sizeof(load_folder), "%s", folder);
    if (mkdir(load_folder, 0700) < 0 && errno != EEXIST) {
        fprintf(stderr, "linnet: --load-folder: cannot use the folder %s: %s\n", load_folder, strerror(errno));
        return NULL;
    }
    read_state();
    LoadState next = state;
    if (state.status == 't') {
        next = (LoadState){state.before, 'g', state.before};
        rolled_back = true;
    } else if (state.status == 'n')
        next.status = 't';
    if (memcmp(&next, &state, sizeof(next)) != 0) {
        if (!write_state(&next)) {
            fprintf(stderr, "linnet: --load-folder: cannot write in %s: %s\n", load_folder, strerror(errno));
            return NULL;
        }
        state = next;
    }
    if (state.slot == '-' || !read_name(state.slot, load_name))
        return map;
    snprintf(path, sizeof(path), "%s/%c/host.map", load_folder, state.slot);
    return access(path, R_OK) == 0 ? path : map;
}

/* The name of the load that runs, '' for the one that the program was started with. */
void xs_update_name(xsMachine *the) {
    xsmcSetString(xsResult, load_name);
}

/* Whether the load that runs gives way to the one before unless it is confirmed. */
void xs_update_on_trial(xsMachine *the) {
    xsmcSetBoolean(xsResult, state.status == 't');
}

/* Whether the load before this start was one that nobody confirmed. */
void xs_update_rolled_back(xsMachine *the) {
    xsmcSetBoolean(xsResult, rolled_back);
}

static void incoming_path(char *path) {
    snprintf(path, PATH_MAX, "%s/incoming", load_folder);
}

/* Begins to keep an archive; false without a folder for it. */
void xs_update_begin(xsMachine *the) {
    char path[PATH_MAX];
    if (incoming >= 0)
        close(incoming);
    incoming = -1;
    if (load_folder[0]) {
        incoming_path(path);
        incoming = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
    xsmcSetBoolean(xsResult, incoming >= 0);
}

/* (octets, offset): keeps what comes from the offset on; false when the disk refuses. */
void xs_update_write(xsMachine *the) {
    void *data;
    xsUnsignedValue size;
    xsmcGetBufferReadable(xsArg(0), &data, &size);
    xsUnsignedValue offset = (xsUnsignedValue)xsmcToInteger(xsArg(1));
    bool good = incoming >= 0 && offset <= size;
    if (good && offset < size)
        good = write(incoming, (char *)data + offset, size - offset) == (ssize_t)(size - offset);
    xsmcSetBoolean(xsResult, good);
}

/* Runs a program with a text as its standard input; true when it ended with status 0. */
static bool run(char *const argv[], const char *input) {
    int ends[2], status = -1;
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    bool started = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[0]);
    bool fed = write(ends[1], input, strlen(input)) == (ssize_t)strlen(input);
    close(ends[1]);
    while (started && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return started && fed && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool write_name(char slot, const char *name) {
    char path[PATH_MAX];
    snprintf(path, sizeof(path), "%s/%c/name", load_folder, slot);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = descriptor >= 0 && write(descriptor, name, strlen(name)) == (ssize_t)strlen(name);
    if (descriptor >= 0)
        close(descriptor);
    return good;
}

static const char *install(const char *name, const char *digest) {
    char archive[PATH_MAX], slot[PATH_MAX], map[PATH_MAX], check[PATH_MAX + 80];
    LoadState next = {state.slot == 'a' ? 'b' : 'a', 'n', state.slot};
    bool kept = incoming >= 0 && fsync(incoming) == 0;
    if (incoming >= 0 && close(incoming) < 0)
        kept = false;
    incoming = -1;
    if (!kept)
        return "it cannot be written";
    incoming_path(archive);
    snprintf(check, sizeof(check), "%s  %s\n", digest, archive);
    if (!run((char *[]){"sha256sum", "--check", "--status", "-", NULL}, check))
        return "its checksum is wrong";
    snprintf(slot, sizeof(slot), "%s/%c", load_folder, next.slot);
    if (!run((char *[]){"rm", "-rf", "--", slot, NULL}, "") || mkdir(slot, 0700) < 0)
        return "its slot cannot be emptied";
    if (!run((char *[]){"tar", "-xzf", archive, "-C", slot, NULL}, "") || !write_name(next.slot, name))
        return "it cannot be unpacked";
    snprintf(map, sizeof(map), "%s/%c/host.map", load_folder, next.slot);
    if (access(map, R_OK) < 0)
        return "it holds no host.map";
    sync();
    if (!write_state(&next))
        return "it cannot be made the one to start";
    unlink(archive);
    return "";
}

/* (name, SHA-256 in hexadecimal digits): verifies and unpacks what was kept; '' or what is wrong. */
void xs_update_install(xsMachine *the) {
    char name[NameMost + 1], digest[65];
    xsmcToStringBuffer(xsArg(0), name, sizeof(name));
    xsmcToStringBuffer(xsArg(1), digest, sizeof(digest));
    xsmcSetString(xsResult, (char *)install(name, digest));
}

/* The next start is with what runs now. */
void xs_update_cancel(xsMachine *the) {
    char path[PATH_MAX];
    (void)the;
    if (!load_folder[0])
        return;
    if (incoming >= 0)
        close(incoming);
    incoming = -1;
    incoming_path(path);
    unlink(path);
    write_state(&state);
}

/* What runs now stays. */
void xs_update_confirm(xsMachine *the) {
    (void)the;
    if (!load_folder[0] || state.status == 'g')
        return;
    LoadState next = {state.slot, 'g', state.slot};
    if (write_state(&next))
        state = next;
}
