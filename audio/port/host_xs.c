/*
 * XS binding of what the host body has beside interface Audio; see host.h and engine.h.
 */
#include <stddef.h>
#include "xsmc.h"

#include "host.h"
#include "../engine.h"

static void open_word(xsMachine *the, bool (*open)(const char *, char *)) {
    char word[1024], error[AUDIO_HOST_ERROR] = "";

    xsmcToStringBuffer(xsArg(0), word, sizeof word);
    xsmcSetString(xsResult, open(word, error) ? "" : error);
}

/* (rate: number): void. */
void xs_audio_host_rate(xsMachine *the) {
    audio_host_rate((uint32_t)xsmcToInteger(xsArg(0)));
}

/* (word: string): string, empty or what is wrong with the word. */
void xs_audio_host_microphone(xsMachine *the) {
    open_word(the, audio_host_microphone);
}

/* (word: string): string, as above. */
void xs_audio_host_speaker(xsMachine *the) {
    open_word(the, audio_host_speaker);
}

/* (address: number): void. */
void xs_audio_host_address(xsMachine *the) {
    xsNumberValue address = xsmcToNumber(xsArg(0));

    audio_host_address(address < 0 ? (uint32_t)(int32_t)address : (uint32_t)address);
}

/* (delay: number): boolean. */
void xs_audio_host_echo(xsMachine *the) {
    xsmcSetBoolean(xsResult, engine_cancel_echo((uint32_t)xsmcToInteger(xsArg(0))));
}

/* (): number. */
void xs_audio_host_ticks(xsMachine *the) {
    xsmcSetNumber(xsResult, engine_ticks());
}
