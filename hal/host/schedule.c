/* The loop's timers, and what ends it: the part of it that no system has a hand in. */
#include "host.h"

static HostTimer *timers;
static bool quitting;
static int quitStatus;

/* Timers stand in order of their time; those for the same millisecond run in the order they were set. */
void loop_schedule(HostTimer *timer, int64_t due) {
    loop_unschedule(timer);
    timer->due = due;
    HostTimer **at = &timers;
    while (*at && (*at)->due <= due)
        at = &(*at)->next;
    timer->next = *at;
    *at = timer;
}

void loop_unschedule(HostTimer *timer) {
    for (HostTimer **at = &timers; *at; at = &(*at)->next) {
        if (*at == timer) {
            *at = timer->next;
            break;
        }
    }
    timer->next = NULL;
    timer->due = -1;
}

int64_t loop_due(void) {
    return timers ? timers->due : -1;
}

void loop_run_due(xsMachine *the) {
    int64_t now = loop_milliseconds();
    while (!quitting && timers && timers->due <= now) {
        HostTimer *timer = timers;
        loop_unschedule(timer);
        timer->callback(the, timer);
    }
}

void loop_quit(int status) {
    if (!quitting)
        quitStatus = status;
    quitting = true;
}

bool loop_quitting(void) {
    return quitting;
}

int loop_status(void) {
    return quitStatus;
}
