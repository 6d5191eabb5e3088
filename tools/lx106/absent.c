/* What the host program has and the emulated phone has not: signals, UDP, listeners, DHCP, a debugger, loads to change
 * to, a next start, flash beside its memory, memory for pictures. */
#include <stdio.h>

#include "host.h"
#include "picture_result.h"

/* (callback): the emulator's end is that of the program. */
void xs_host_signals(xsMachine *the) {
    (void)the;
}

void xs_udp_destructor(void *data) {
    (void)data;
}

void xs_udp_open(xsMachine *the) {
    xsUnknownError("udp: the emulated phone has TCP only");
}

void xs_listener_destructor(void *data) {
    (void)data;
}

void xs_listener_open(xsMachine *the) {
    xsUnknownError("listener: the emulated phone has the connections that it is given only");
}

void dhcp_end(void) {}

/* Its instructions are counted: a debugger would be in the way. */
bool debugger_set(const char *text) {
    (void)text;
    return false;
}

const char *debugger_path(const char *folder, const char *source, const char *module) {
    (void)folder, (void)module;
    return source;
}

void debugger_watch(void) {}

const char *update_choose(const char *folder, const char *map) {
    (void)folder, (void)map;
    fprintf(stderr, "linnet: --load-folder: the emulated phone has no loads\n");
    return NULL;
}

FILE *host_open(const char *path) {
    return fopen(path, "r");
}

/* It has no processes. */
void brood_set(int descriptor) {
    (void)descriptor;
    fprintf(stderr, "linnet: --brood: the emulated phone has no others\n");
}

void brood_sit(void) {}

void update_guard(char **arguments) {
    (void)arguments;
}

void update_started(void) {}

void update_ended(int status) {
    (void)status;
}

/* Nobody starts it again to hear of it. */
void abort_leave(xsMachine *the, int status) {
    (void)the, (void)status;
}

void xs_abort_take(xsMachine *the) {
    xsmcSetString(xsResult, "");
}

/* It runs what it was started with, and so it stays. */
void xs_update_name(xsMachine *the) {
    xsmcSetString(xsResult, "");
}

void xs_update_on_trial(xsMachine *the) {
    xsmcSetFalse(xsResult);
}

void xs_update_rolled_back(xsMachine *the) {
    xsmcSetFalse(xsResult);
}

void xs_update_begin(xsMachine *the) {
    xsmcSetString(xsResult, "the emulated phone has no loads");
}

void xs_update_cancel(xsMachine *the) {
    (void)the;
}

void xs_update_confirm(xsMachine *the) {
    (void)the;
}

void xs_flash_open(xsMachine *the) {
    xsmcSetArrayBuffer(xsResult, NULL, 0);
}

void xs_flash_erase(xsMachine *the) {
    xsmcSetFalse(xsResult);
}

void xs_flash_write(xsMachine *the) {
    xsmcSetFalse(xsResult);
}

void xs_pictures_room(xsMachine *the) {
    (void)the;
}

void xs_pictures_begin(xsMachine *the) {
    xsmcSetInteger(xsResult, PICTURE_NO_ROOM);
}

void xs_pictures_cancel(xsMachine *the) {
    (void)the;
}

void xs_pictures_release(xsMachine *the) {
    (void)the;
}

void xs_pictures_size(xsMachine *the) {
    xsmcSetInteger(xsResult, 0);
}
