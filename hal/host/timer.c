/* Moddable's Timer on the loop: set, repeat, schedule, clear. A timer object keeps itself alive while it is scheduled.
 */
#include <stdlib.h>

#include "host.h"

typedef struct {
    HostTimer base;
    int repeat; /* milliseconds, 0 for once, -1 while held */
    bool running, ended;
    xsSlot self;
    xsSlot callback;
} ScriptTimer;

static void timer_destroy(void *data) {
    ScriptTimer *timer = data;
    if (timer) {
        loop_unschedule(&timer->base);
        free(timer);
    }
}

static const xsHostHooks timerHooks = {timer_destroy, NULL, NULL};

/* After this the object is an empty shell that schedule refuses and clear ignores. */
static void script_timer_end(xsMachine *the, ScriptTimer *timer) {
    loop_unschedule(&timer->base);
    xsmcSetHostData(timer->self, NULL);
    xsForget(timer->callback);
    xsForget(timer->self);
    timer->ended = true;
    if (!timer->running)
        free(timer);
}

static void timer_fired(xsMachine *the, HostTimer *base) {
    ScriptTimer *timer = (ScriptTimer *)base;
    xsSlot receiver;
    xsmcSetUndefined(receiver);
    if (timer->repeat > 0)
        loop_schedule(base, loop_milliseconds() + timer->repeat);
    timer->running = true;
    machine_call(the, &timer->callback, &receiver, 1, &timer->self, NULL);
    timer->running = false;
    if (timer->ended)
        free(timer);
    else if (timer->base.due < 0 && timer->repeat == 0)
        script_timer_end(the, timer);
}

static int milliseconds(xsMachine *the, int index) {
    double value = xsmcArgc > index ? xsmcToNumber(xsArg(index)) : 0;
    return value > 0 ? (value < 0x7FFFFFFF ? (int)value : 0x7FFFFFFF) : 0;
}

static void script_timer_create(xsMachine *the, int interval, int repeat) {
    if (!xsmcIsCallable(xsArg(0)))
        xsTypeError("timer: the callback is no function");
    ScriptTimer *timer = calloc(1, sizeof(ScriptTimer));
    if (!timer)
        xsUnknownError("timer: no memory");
    timer->base.callback = timer_fired;
    timer->base.due = -1;
    timer->repeat = repeat;
    xsResult = xsNewHostObject(NULL);
    timer->self = xsResult;
    timer->callback = xsArg(0);
    xsRemember(timer->self);
    xsRemember(timer->callback);
    xsmcSetHostData(xsResult, timer);
    xsSetHostHooks(xsResult, &timerHooks);
    loop_schedule(&timer->base, loop_milliseconds() + interval);
}

/* (callback, interval = 0, repeat = 0) */
void xs_timer_set(xsMachine *the) {
    script_timer_create(the, milliseconds(the, 1), milliseconds(the, 2));
}

/* (callback, interval) */
void xs_timer_repeat(xsMachine *the) {
    int interval = milliseconds(the, 1);
    script_timer_create(the, interval, interval ? interval : 1);
}

/* (timer): holds it until scheduled anew; (timer, interval, repeat = 0): sets when it runs next. */
void xs_timer_schedule(xsMachine *the) {
    ScriptTimer *timer = xsmcGetHostDataValidate(xsArg(0), (void *)&timerHooks);
    if (!timer)
        xsReferenceError("timer: it has ended");
    if (xsmcArgc == 1) {
        loop_unschedule(&timer->base);
        timer->repeat = -1;
        return;
    }
    timer->repeat = milliseconds(the, 2);
    loop_schedule(&timer->base, loop_milliseconds() + milliseconds(the, 1));
}

/* (timer): ends it; undefined, null and a timer that has ended are fine. */
void xs_timer_clear(xsMachine *the) {
    if (xsmcArgc == 0 || !xsmcTest(xsArg(0)))
        return;
    ScriptTimer *timer = xsmcGetHostDataValidate(xsArg(0), (void *)&timerHooks);
    if (timer)
        script_timer_end(the, timer);
}
