/*
 * Loads on the host: packs of the phone's modules (pack.h) behind a signed header (signed_load.h), unpacked into one of
 * two slots of a folder, of which the program starts the one that the folder's state names. A new load that has not
 * been confirmed by its second start gives way to the one before it; one that cannot even start, or does not come to
 * confirm itself, is started anew from here, and so gives way by itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host.h"
#include "pack.h"
#include "signed_load.h"

/*
 * Slots are 'a' and 'b'; '-' is what the program was started with. `status`: 'n' new, 't' being tried, 'g' good. A
 * load's counter becomes the least one that may come after it when the load is confirmed.
 */
typedef struct {
    char slot, status, before, zero;
    uint32_t least, counter;
} LoadState;

enum {
    NameMost = SIGNED_LOAD_NAME,
    /* Octets of a load's content at most: as on the boards, a slot of their flash. */
    ContentMost = 0x3e0000,
    /* What a state had before there were counters. */
    OldState = 3,
    /* Seconds for a load on trial to start, and to be confirmed; the phone itself gives up after ten minutes. */
    StartMost = 30,
    TrialMost = 660
};

static char load_folder[PATH_MAX - 64];
static LoadState state = {.slot = '-', .status = 'g', .before = '-'};
static char load_name[NameMost + 1];
static bool rolled_back;
/* A load is installed, and the state that the folder has is that of the next start. */
static bool waiting;
static int incoming = -1;
static struct signed_load load;

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
    LoadState found = {0};
    state_path(path, "");
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ssize_t length = read(descriptor, &found, sizeof(found));
    if ((length == (ssize_t)sizeof(found) || length == OldState) && is_slot(found.slot) && is_slot(found.before) &&
        found.status && strchr("ntg", found.status))
        state = found;
    close(descriptor);
}

/* What stands in a slot's file `name`; false when it cannot be read. */
static bool read_name(char slot, char *name) {
    char path[PATH_MAX];
    snprintf(path, sizeof(path), "%s/%c/name", load_folder, slot);
    FILE *file = host_open(path);
    if (!file)
        return false;
    size_t length = fread(name, 1, NameMost, file);
    fclose(file);
    name[length] = 0;
    return length > 0;
}

static bool is_file(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 && S_ISREG(found.st_mode) && access(path, R_OK) == 0;
}

static bool change_state(const LoadState *next) {
    if (memcmp(next, &state, sizeof(state)) == 0)
        return true;
    if (!write_state(next))
        return false;
    state = *next;
    return true;
}

/* The map of a slot, NULL when it holds no load that could be started. */
static const char *map_of(char slot) {
    static char path[PATH_MAX];
    snprintf(path, sizeof(path), "%s/%c/host.map", load_folder, slot);
    return is_file(path) && read_name(slot, load_name) ? path : NULL;
}

const char *update_choose(const char *folder, const char *map) {
    snprintf(load_folder, sizeof(load_folder), "%s", folder);
    if (mkdir(load_folder, 0700) < 0 && errno != EEXIST) {
        fprintf(stderr, "linnet: --load-folder: cannot use the folder %s: %s\n", load_folder, strerror(errno));
        return NULL;
    }
    read_state();
    LoadState next = state;
    if (state.status == 't') {
        next.slot = state.before;
        next.status = 'g';
        rolled_back = true;
    } else if (state.status == 'n')
        next.status = 't';
    const char *chosen = NULL;
    while (next.slot != '-' && !(chosen = map_of(next.slot))) {
        bool trial = next.status == 't';
        host_log("load: there is none that can be started in slot %c", next.slot);
        next.slot = next.before = trial && next.before != next.slot ? next.before : '-';
        next.status = 'g';
        rolled_back |= trial;
    }
    if (!change_state(&next)) {
        fprintf(stderr, "linnet: --load-folder: cannot write in %s: %s\n", load_folder, strerror(errno));
        return NULL;
    }
    if (!chosen)
        load_name[0] = 0;
    return chosen ? chosen : map;
}

/* What the program was called with. */
static char **command;

/* Starts the program anew, whose choice then is the load before: that may happen in a handler of signals. */
static void start_anew(int reason) {
    (void)reason;
    alarm(0);
    execv("/proc/self/exe", command);
}

void update_guard(char **arguments) {
    static const int fatal[] = {SIGALRM, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    if (state.status != 't')
        return;
    command = arguments;
    /* Not blocked while it is handled: the program that follows would have it blocked for good. */
    struct sigaction action = {.sa_handler = start_anew, .sa_flags = SA_NODEFER | SA_RESETHAND};
    for (size_t index = 0; index < sizeof(fatal) / sizeof(fatal[0]); index++)
        sigaction(fatal[index], &action, NULL);
    alarm(StartMost);
}

void update_started(void) {
    if (command)
        alarm(TrialMost);
}

/* It has shown that it works, or makes way in good order. */
static void leave_guard(void) {
    alarm(0);
    command = NULL;
}

void update_ended(int status) {
    if (!command || status == HOST_QUIT || status == HOST_RESTART)
        return;
    fflush(NULL);
    host_log("load: %s has ended with status %d on its trial: going back to the load before", load_name, status);
    start_anew(0);
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

static void forget(void) {
    char path[PATH_MAX];
    if (incoming >= 0) {
        close(incoming);
        incoming_path(path);
        unlink(path);
    }
    incoming = -1;
    signed_load_forget(&load);
}

/* The least counter that a load may have here: that of those that were confirmed, and the running load's own. */
static uint32_t least_counter(uint32_t own) {
    return state.least > own ? state.least : own;
}

/*
 * (name, board, own counter, octets or -1): begins a load's file, of which the host keeps the content; "" or why it can
 * have none.
 */
void xs_update_begin(xsMachine *the) {
    struct signed_load_terms *terms = &load.terms;
    double size = xsmcToNumber(xsArg(3));
    forget();
    xsmcToStringBuffer(xsArg(0), terms->name, sizeof(terms->name));
    xsmcToStringBuffer(xsArg(1), terms->board, sizeof(terms->board));
    terms->least = least_counter((uint32_t)xsmcToNumber(xsArg(2)));
    terms->most = ContentMost;
    terms->key_count = signed_load_keys(modules_trusted(), terms->keys);
    if (!load_folder[0])
        xsmcSetString(xsResult, "there is no folder for it");
    else if (state.status == 't')
        /* It would take the slot of the one that this one makes way for. */
        xsmcSetString(xsResult, "the one that runs is on its trial");
    else if (size > (double)ContentMost + SIGNED_LOAD_HEADER)
        xsmcSetString(xsResult, "there is no room for it");
    else {
        signed_load_begin(&load);
        xsmcSetString(xsResult, "");
    }
}

/* Keeps content; "" or what is wrong. Its file is made when the header holds, and not before. */
static const char *keep(const char *octets, size_t size) {
    char path[PATH_MAX];
    if (incoming < 0) {
        incoming_path(path);
        incoming = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
    return incoming >= 0 && write(incoming, octets, size) == (ssize_t)size ? "" : "it cannot be written";
}

/* (octets): "" or why the load is refused. */
void xs_update_write(xsMachine *the) {
    void *data;
    xsUnsignedValue size;
    size_t content = 0;
    xsmcGetBufferReadable(xsArg(0), &data, &size);
    const char *problem = signed_load_take(&load, data, size, &content);
    if (!problem[0] && content < size)
        problem = keep((char *)data + content, size - content);
    xsmcSetString(xsResult, (char *)problem);
}

static bool write_file(const char *path, const void *octets, size_t size) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool good = descriptor >= 0 && write(descriptor, octets, size) == (ssize_t)size;
    if (descriptor >= 0 && close(descriptor) < 0)
        good = false;
    return good;
}

/* Puts a file of a pack into the folder `context`, with the folders of its path. */
static bool unpack_file(void *context, const struct pack_file *file) {
    char path[PATH_MAX];
    int base = snprintf(path, sizeof(path), "%s/", (const char *)context);
    snprintf(path + base, sizeof(path) - (size_t)base, "%s", file->path);
    for (char *slash = strchr(path + base, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return write_file(path, file->octets, file->size);
}

static int remove_one(const char *path, const struct stat *found, int kind, struct FTW *place) {
    (void)found, (void)kind, (void)place;
    return remove(path);
}

/* Unpacks what was kept into a slot that it empties first; "" or what is wrong. */
static const char *unpack(const char *slot) {
    size_t size = load.size;
    char *octets = mmap(NULL, size, PROT_READ, MAP_PRIVATE, incoming, 0);
    if (octets == MAP_FAILED)
        return "it cannot be read again";
    const char *problem = pack_read(octets, size, NULL, NULL);
    if (!problem[0]) {
        nftw(slot, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        if (mkdir(slot, 0700) < 0)
            problem = "its slot cannot be emptied";
        else
            problem = pack_read(octets, size, unpack_file, (void *)slot);
    }
    munmap(octets, size);
    return problem;
}

static const char *install(void) {
    char slot[PATH_MAX], path[PATH_MAX];
    LoadState next = state;
    const char *problem = signed_load_end(&load);
    if (problem[0])
        return problem;
    next.slot = state.slot == 'a' ? 'b' : 'a';
    next.status = 'n';
    next.before = state.slot;
    next.counter = load.counter;
    snprintf(slot, sizeof(slot), "%s/%c", load_folder, next.slot);
    problem = unpack(slot);
    if (problem[0])
        return problem;
    snprintf(path, sizeof(path), "%s/%c/host.map", load_folder, next.slot);
    if (!is_file(path))
        return "it holds no host.map";
    snprintf(path, sizeof(path), "%s/%c/name", load_folder, next.slot);
    if (!write_file(path, load.terms.name, strlen(load.terms.name)))
        return "its name cannot be written";
    sync();
    /* What runs goes on as it is: `state` changes with the next start. */
    waiting = write_state(&next);
    return waiting ? "" : "it cannot be made the one to start";
}

/* Verifies what was kept and unpacks it; "" or what is wrong. */
void xs_update_install(xsMachine *the) {
    const char *problem = install();
    xsmcSetString(xsResult, (char *)problem);
    forget();
}

/* The next start is with what runs now. */
void xs_update_cancel(xsMachine *the) {
    (void)the;
    forget();
    if (waiting && write_state(&state))
        waiting = false;
}

/* (own counter): what runs now stays, and nothing older comes after it. */
void xs_update_confirm(xsMachine *the) {
    LoadState next = state;
    uint32_t own = (uint32_t)xsmcToNumber(xsArg(0));
    if (!load_folder[0] || waiting)
        return;
    leave_guard();
    if (state.status == 't' && next.least < state.counter)
        next.least = state.counter;
    if (next.least < own)
        next.least = own;
    next.status = 'g';
    next.before = state.slot;
    next.counter = 0;
    change_state(&next);
}
