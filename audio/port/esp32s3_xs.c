/*
 * XS binding of what only the ESP32-S3's port has: the pins of I2S, and the message by which JavaScript hears that
 * codec and amplifier are to be turned. Natives of hal/esp32s3/audio.ts; called by the XS task, but for
 * audio_events_tell.
 */
#include <stdatomic.h>
#include <stddef.h>

#include "xsmc.h"

#include "xsHost.h"

#include "../engine.h"
#include "esp32s3.h"

static struct {
    xsMachine *_Atomic machine;
    _Atomic bool pending;
    _Atomic uint32_t state;
    xsSlot listener;
} events;

static void deliver(void *the, void *refcon, uint8_t *message, uint16_t length) {
    (void)refcon;
    (void)message;
    (void)length;
    /* First: what changes from here on is told again. */
    atomic_store(&events.pending, false);
    if (atomic_load(&events.machine) != the)
        return;
    xsBeginHost(the);
    xsmcSetInteger(xsResult, (xsIntegerValue)atomic_load(&events.state));
    xsCallFunction1(events.listener, xsGlobal, xsResult);
    xsEndHost(the);
}

bool audio_events_tell(uint32_t state) {
    xsMachine *the = atomic_load(&events.machine);

    atomic_store(&events.state, state);
    if (!the || atomic_exchange(&events.pending, true))
        return true;
    /* The other way to post would wait while the queue is full, and sound with it. */
    if (modMessagePostToMachineFromISR(the, deliver, NULL) == 0)
        return true;
    atomic_store(&events.pending, false);
    return false;
}

void audio_events_stop(void) {
    atomic_store(&events.machine, NULL);
}

/* (callback: (state: number) => void): void */
void xs_audio_chip_listen(xsMachine *the) {
    if (atomic_load(&events.machine))
        xsUnknownError("audio: somebody listens already");
    events.listener = xsArg(0);
    xsRemember(events.listener);
    atomic_store(&events.machine, the);
}

/* (routes: number): void */
void xs_audio_chip_leaveSidetone(xsMachine *the) {
    engine_leave_sidetone((uint32_t)xsmcToInteger(xsArg(0)));
}

/* (unit, mclk, bclk, ws, dout, din, multiple: number): boolean */
void xs_audio_chip_open(xsMachine *the) {
    struct audio_pins pins = {
        .unit = xsmcToInteger(xsArg(0)),
        .mclk = xsmcToInteger(xsArg(1)),
        .bclk = xsmcToInteger(xsArg(2)),
        .ws = xsmcToInteger(xsArg(3)),
        .dout = xsmcToInteger(xsArg(4)),
        .din = xsmcToInteger(xsArg(5)),
        .multiple = (uint32_t)xsmcToInteger(xsArg(6)),
    };

    xsmcSetBoolean(xsResult, audio_i2s_open(&pins));
}
