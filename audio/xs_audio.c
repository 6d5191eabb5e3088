/*
 * XS binding of the audio pipeline: takes arguments from XS, calls the engine, gives the answer back. Works with the
 * SDK's compiler and with a host that finds the functions by name.
 */
/* XS's header takes size_t for granted. */
#include <stddef.h>
#include "xsmc.h"

#include "engine.h"
#include "statistics.h"

/* A 32-bit argument modulo 2^32, as ECMAScript's `>>> 0`: an address made with `<<` arrives negative. */
static uint32_t argument(xsMachine *the, int index) {
    xsNumberValue value = xsmcArgc > index ? xsmcToNumber(xsArg(index)) : 0;

    if (value >= 0 && value < 4294967296.0)
        return (uint32_t)value;
    if (value < 0 && value >= -2147483648.0)
        return (uint32_t)(int32_t)value;
    return 0;
}

static bool truth(xsMachine *the, int index) {
    return xsmcArgc > index && xsmcTest(xsArg(index));
}

void xs_audio(xsMachine *the) {
    engine_set_wideband(truth(the, 0));
    if (!engine_start())
        xsUnknownError("audio: no memory or thread for the audio task");
    xsmcSetHostData(xsThis, (void *)&engine_start);
}

void xs_audio_destructor(void *data) {
    if (data)
        engine_stop();
}

void xs_audio_openReceive(xsMachine *the) {
    uint16_t port = engine_open_receive(argument(the, 0), argument(the, 1), argument(the, 2));
    xsmcSetInteger(xsResult, port);
}

void xs_audio_openMulticast(xsMachine *the) {
    bool opened =
        engine_open_multicast(argument(the, 0), argument(the, 1), argument(the, 2), argument(the, 3), argument(the, 4));
    xsmcSetBoolean(xsResult, opened);
}

void xs_audio_closeReceive(xsMachine *the) {
    engine_close_receive(argument(the, 0));
}

void xs_audio_receiveEvents(xsMachine *the) {
    engine_receive_events(argument(the, 0), argument(the, 1));
}

void xs_audio_startTransmit(xsMachine *the) {
    bool started = engine_start_transmit(argument(the, 0), argument(the, 1), argument(the, 2), argument(the, 3),
                                         argument(the, 4), argument(the, 5));
    xsmcSetBoolean(xsResult, started);
}

void xs_audio_stopTransmit(xsMachine *the) {
    engine_stop_transmit(argument(the, 0));
}

void xs_audio_setTransmit(xsMachine *the) {
    engine_set_transmit(argument(the, 0), truth(the, 1), argument(the, 2));
}

void xs_audio_sendEvent(xsMachine *the) {
    bool queued = engine_send_event(argument(the, 0), argument(the, 1), argument(the, 2));
    xsmcSetBoolean(xsResult, queued);
}

void xs_audio_setReports(xsMachine *the) {
    engine_set_reports(truth(the, 0));
}

void xs_audio_startTone(xsMachine *the) {
    bool known = engine_start_tone(argument(the, 0), argument(the, 1));
    xsmcSetBoolean(xsResult, known);
}

void xs_audio_stopTone(xsMachine *the) {
    engine_stop_tone(truth(the, 0));
}

void xs_audio_ring(xsMachine *the) {
    xsmcSetInteger(xsResult, (xsIntegerValue)engine_ring(argument(the, 0), truth(the, 1)));
}

void xs_audio_setLocale(xsMachine *the) {
    engine_set_locale(argument(the, 0));
}

void xs_audio_setTones(xsMachine *the) {
    void *octets;
    xsUnsignedValue count;

    xsmcGetBufferReadable(xsArg(0), &octets, &count);
    xsmcSetBoolean(xsResult, engine_set_tones(octets, count / sizeof(uint16_t)));
}

void xs_audio_keyTone(xsMachine *the) {
    engine_key_tone(argument(the, 0));
}

void xs_audio_setBell(xsMachine *the) {
    engine_set_bell(argument(the, 0));
}

void xs_audio_beginRing(xsMachine *the) {
    xsmcSetBoolean(xsResult, engine_begin_ring());
}

void xs_audio_ringData(xsMachine *the) {
    void *codes;
    xsUnsignedValue count;

    xsmcGetBufferReadable(xsArg(0), &codes, &count);
    xsmcSetInteger(xsResult, (xsIntegerValue)engine_ring_data(codes, count));
}

void xs_audio_endRing(xsMachine *the) {
    xsmcSetBoolean(xsResult, engine_end_ring());
}

void xs_audio_setRoute(xsMachine *the) {
    engine_set_route(argument(the, 0));
}

void xs_audio_setMute(xsMachine *the) {
    engine_set_mute(truth(the, 0));
}

void xs_audio_setVolume(xsMachine *the) {
    engine_set_volume(argument(the, 0), argument(the, 1));
}

void xs_audio_suppressesNoise(xsMachine *the) {
    xsmcSetBoolean(xsResult, engine_can_denoise());
}

void xs_audio_setNoiseSuppression(xsMachine *the) {
    engine_set_noise_suppression(truth(the, 0));
}

void xs_audio_setLevelControl(xsMachine *the) {
    engine_set_level_control(truth(the, 0));
}

void xs_audio_statistics(xsMachine *the) {
    uint32_t counters[STATISTIC_COUNT];
    xsIntegerValue size = xsmcGetArrayBufferLength(xsArg(1));
    xsIntegerValue count = size / 4 < STATISTIC_COUNT ? size / 4 : STATISTIC_COUNT;

    engine_statistics(argument(the, 0), counters, (uint32_t)count);
    xsmcSetArrayBufferData(xsArg(1), 0, counters, count * 4);
}
