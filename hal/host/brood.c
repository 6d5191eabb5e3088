/*
 * A brood: the program has loaded its modules and starts nothing, but makes a process of itself for each phone that it
 * is asked for. Such a phone is there in a hundredth of the time that loading takes, and what is only read (code,
 * tables) lies in memory once for all of them. What is asked and told on the descriptor of the orders
 * (tools/phone/brood.ts):
 *
 *   in   NUMBER TAB PATH TAB KINDS TAB WORD TAB WORD ... LF   a phone with these connections and arguments
 *   out  born NUMBER PID LF, failed NUMBER TEXT LF, ended PID STATUS SIGNAL LF
 *
 * A phone connects to the Unix socket at PATH for its control channel, which takes the place of the orders, and its
 * standard error; where KINDS is 'sound' and not 'plain', for its samples, too, on descriptor 60. It says NUMBER there
 * and 'control', 'log' or 'sound'.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host.h"
#include "port/host.h"

enum { OrderMost = 8192, WordsMost = 97, NumberMost = 10, FirstWord = 3, SoundDescriptor = 60 };

static struct {
    int descriptor;
    bool set;
    char order[OrderMost + 1];
    size_t length;
    bool overlong;
    int count;
    char *words[WordsMost + 1];
} brood;

void brood_set(int descriptor) {
    brood.descriptor = descriptor;
    brood.set = true;
}

__attribute__((format(printf, 1, 2))) static void tell(const char *format, ...) {
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    for (int sent = 0; sent < length;) {
        ssize_t count = write(brood.descriptor, line + sent, (size_t)(length - sent));
        if (count < 0 && errno != EINTR)
            return;
        if (count > 0)
            sent += (int)count;
    }
}

/* A connection to the parent that has said what it is for; ends the process where there is none. */
static int attach(const char *what) {
    const char *number = brood.words[0], *path = brood.words[1];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char line[32];
    int length = snprintf(line, sizeof(line), "%s %s\n", number, what);
    snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
    if (descriptor < 0 || connect(descriptor, (struct sockaddr *)&address, sizeof(address)) < 0 ||
        write(descriptor, line, (size_t)length) != length) {
        fprintf(stderr, "linnet: no connection to %s: %s\n", path, strerror(errno));
        _exit(HOST_FATAL);
    }
    return descriptor;
}

/* What a new process must not share with the others. */
static void hatch(void) {
    if (!strcmp(brood.words[2], "sound")) {
        int sound = attach("sound");
        dup2(sound, SoundDescriptor);
        close(sound);
    }
    int control = attach("control"), log = attach("log");
    dup2(control, brood.descriptor);
    dup2(log, STDERR_FILENO);
    close(control);
    close(log);
    free(host_arguments);
    host_argument_count = brood.count - FirstWord;
    host_arguments = calloc((size_t)brood.count, sizeof(char *));
    if (!host_arguments)
        _exit(HOST_FATAL);
    memcpy(host_arguments, brood.words + FirstWord, (size_t)host_argument_count * sizeof(char *));
    srand(host_seed());
    audio_host_ordinary();
    loop_close();
    if (!loop_open())
        _exit(HOST_FATAL);
}

static bool is_number(const char *text) {
    size_t length = strspn(text, "0123456789");
    return length > 0 && length <= NumberMost && text[length] == 0;
}

/* Does what an order says; true in the new process. */
static bool obey(void) {
    char *rest = brood.order;
    brood.count = 0;
    while (brood.count < WordsMost && rest)
        brood.words[brood.count++] = strsep(&rest, "\t");
    if (!is_number(brood.words[0])) {
        fprintf(stderr, "linnet: --brood takes lines that begin with a number: one is left out\n");
        return false;
    }
    if (brood.overlong || rest || brood.count < FirstWord) {
        tell("failed %s a path and at most %d words of %d octets in all expected\n", brood.words[0],
             WordsMost - FirstWord, OrderMost);
        return false;
    }
    pid_t child = fork();
    if (child == 0)
        return true;
    if (child < 0)
        tell("failed %s %s\n", brood.words[0], strerror(errno));
    else
        tell("born %s %d\n", brood.words[0], (int)child);
    return false;
}

/* Takes what has come of orders; true in a new process, which has nothing more to do with them. */
static bool take(const char *octets, size_t size) {
    for (size_t at = 0; at < size; at++) {
        if (octets[at] != '\n') {
            if (brood.length < OrderMost)
                brood.order[brood.length++] = octets[at];
            else
                brood.overlong = true;
            continue;
        }
        brood.order[brood.length] = 0;
        if (obey())
            return true;
        brood.length = 0;
        brood.overlong = false;
    }
    return false;
}

static void bury(void) {
    int status;
    for (pid_t child = waitpid(-1, &status, WNOHANG); child > 0; child = waitpid(-1, &status, WNOHANG)) {
        bool killed = WIFSIGNALED(status);
        tell("ended %d %d %d\n", (int)child, killed ? 0 : WEXITSTATUS(status), killed ? WTERMSIG(status) : 0);
    }
}

void brood_sit(void) {
    sigset_t set, before;
    char octets[OrderMost];
    if (!brood.set)
        return;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, &before);
    int deaths = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    struct pollfd polled[2] = {{.fd = brood.descriptor, .events = POLLIN}, {.fd = deaths, .events = POLLIN}};
    for (;;) {
        struct signalfd_siginfo information;
        if (poll(polled, 2, -1) < 0)
            continue;
        if (polled[1].revents && read(deaths, &information, sizeof(information)) > 0)
            bury();
        if (!polled[0].revents)
            continue;
        ssize_t size = read(brood.descriptor, octets, sizeof(octets));
        if (size < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (size <= 0)
            _exit(HOST_QUIT);
        if (take(octets, (size_t)size))
            break;
    }
    close(deaths);
    sigprocmask(SIG_SETMASK, &before, NULL);
    hatch();
}
