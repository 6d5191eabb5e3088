/* What the host program needs of Linux beside its loop and its sockets: signals, chance, regular files. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "host.h"

typedef struct {
    HostWatch watch;
    xsSlot callback;
} SignalWatch;

static SignalWatch *signals;

static void signal_arrived(xsMachine *the, HostWatch *watch, uint32_t events) {
    SignalWatch *self = (SignalWatch *)watch;
    struct signalfd_siginfo information;
    xsSlot number, receiver;
    (void)events;
    if (read(watch->descriptor, &information, sizeof(information)) != sizeof(information))
        return;
    xsmcSetInteger(number, (int)information.ssi_signo);
    xsmcSetUndefined(receiver);
    machine_call(the, &self->callback, &receiver, 1, &number, NULL);
}

/* (callback): calls it with the number of each SIGTERM or SIGINT from now on, instead of ending the program. */
void xs_host_signals(xsMachine *the) {
    sigset_t set;
    if (signals)
        xsUnknownError("signals: already taken");
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    signals = (SignalWatch *)loop_watch(descriptor, EPOLLIN, signal_arrived, sizeof(SignalWatch));
    if (!signals)
        xsUnknownError("signals: %s", strerror(errno));
    loop_background(&signals->watch);
    signals->callback = xsArg(0);
    xsRemember(signals->callback);
}

/* Milliseconds of the machine's monotonic clock, to the microsecond: the same for all programs on it. */
void xs_host_moment(xsMachine *the) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    xsmcSetNumber(xsResult, (double)now.tv_sec * 1000 + (double)(now.tv_nsec / 1000) / 1000);
}

void host_line(bool begun) {
    (void)begun;
}

FILE *host_open(const char *path) {
    struct stat found;
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor >= 0 && fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode))
        return fdopen(descriptor, "r");
    if (descriptor >= 0)
        close(descriptor);
    return NULL;
}

unsigned host_seed(void) {
    unsigned seed = 0;
    if (getrandom(&seed, sizeof(seed), 0) != (ssize_t)sizeof(seed))
        seed = (unsigned)getpid();
    return seed;
}
