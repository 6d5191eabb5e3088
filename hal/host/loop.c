/* One epoll loop with a timerfd for the earliest timer and a signalfd: an idle machine sleeps in the kernel. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "host.h"

_Static_assert(LOOP_IN == (int)EPOLLIN && LOOP_OUT == (int)EPOLLOUT && LOOP_ERROR == (int)EPOLLERR &&
                   LOOP_END == (int)EPOLLHUP &&
                   LOOP_SOCKET == ((uint32_t)EPOLLIN | (uint32_t)EPOLLOUT | (uint32_t)EPOLLRDHUP | (uint32_t)EPOLLET),
               "these are epoll's bits");

static int epollDescriptor = -1;
static int timerDescriptor = -1;
static HostWatch *deadWatches;
static int foreground;
static int64_t armed = -1;

int64_t loop_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

double loop_seconds(void) {
    static double start = -1;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
    if (start < 0)
        start = seconds;
    return seconds - start;
}

bool loop_open(void) {
    loop_seconds();
    epollDescriptor = epoll_create1(EPOLL_CLOEXEC);
    timerDescriptor = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    if (epollDescriptor < 0 || timerDescriptor < 0 ||
        epoll_ctl(epollDescriptor, EPOLL_CTL_ADD, timerDescriptor, &event) < 0) {
        fprintf(stderr, "linnet: no event loop: %s\n", strerror(errno));
        return false;
    }
    return true;
}

static void free_dead(void) {
    while (deadWatches) {
        HostWatch *watch = deadWatches;
        deadWatches = watch->nextDead;
        free(watch);
    }
}

void loop_close(void) {
    free_dead();
    close(timerDescriptor);
    close(epollDescriptor);
}

HostWatch *loop_watch(int descriptor, uint32_t events, HostWatchCallback callback, size_t size) {
    HostWatch *watch = calloc(1, size);
    if (!watch)
        return NULL;
    watch->descriptor = descriptor;
    watch->callback = callback;
    struct epoll_event event = {.events = events, .data.ptr = watch};
    if (epoll_ctl(epollDescriptor, EPOLL_CTL_ADD, descriptor, &event) < 0) {
        free(watch);
        return NULL;
    }
    foreground++;
    return watch;
}

void loop_background(HostWatch *watch) {
    if (!watch->background)
        foreground--;
    watch->background = true;
}

void loop_rewatch(HostWatch *watch, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = watch};
    epoll_ctl(epollDescriptor, EPOLL_CTL_MOD, watch->descriptor, &event);
}

void loop_unwatch(HostWatch *watch) {
    if (watch->dead)
        return;
    epoll_ctl(epollDescriptor, EPOLL_CTL_DEL, watch->descriptor, NULL);
    watch->dead = true;
    if (!watch->background)
        foreground--;
    watch->nextDead = deadWatches;
    deadWatches = watch;
}

static void arm(void) {
    int64_t due = loop_due();
    if (due == armed)
        return;
    armed = due;
    struct itimerspec when = {.it_value = {0, 0}};
    if (due >= 0) {
        when.it_value.tv_sec = (time_t)(due / 1000);
        when.it_value.tv_nsec = (long)(due % 1000) * 1000000 + 1;
    }
    timerfd_settime(timerDescriptor, TFD_TIMER_ABSTIME, &when, NULL);
}

int loop_run(xsMachine *the) {
    struct epoll_event events[16];
    while (!loop_quitting() && (foreground || loop_due() >= 0)) {
        arm();
        int count = epoll_wait(epollDescriptor, events, 16, -1);
        if (count < 0 && errno != EINTR) {
            fprintf(stderr, "linnet: the event loop failed: %s\n", strerror(errno));
            return HOST_FATAL;
        }
        for (int index = 0; index < count && !loop_quitting(); index++) {
            HostWatch *watch = events[index].data.ptr;
            if (!watch) {
                uint64_t expirations;
                if (read(timerDescriptor, &expirations, sizeof(expirations)) > 0)
                    armed = -1;
            } else if (!watch->dead) {
                watch->callback(the, watch, events[index].events);
            }
        }
        loop_run_due(the);
        free_dead();
    }
    return loop_status();
}
