/*
 * Why the chip starts. A JavaScript machine that gives up (XS's fxAbort: memory full, an unhandled exception ...) makes
 * the SDK restart the chip, in a release without a word; the chip then knows of a restart only. So the image is linked
 * with -Wl,--wrap=fxAbort (components/linnet_abort), and the reason waits in RTC memory, which a restart leaves alone,
 * for the next start to tell it, once.
 *
 * The SDK's own hook (`abortHook` in the manifest's `defines`) is not for this: it calls a JavaScript function in the
 * machine that just ran out of memory, pushing a new string to it, and does not call it at all when a stack is full.
 *
 * fxAbort runs in the XS task, wherever that is: perhaps with 1 KB of stack left, or with its memory in disorder.
 */
#include "esp_attr.h"
#include "esp_rom_sys.h"
#include "esp_system.h"
#include "xsmc.h"

#include "../abort/abort_record.h"
#include "../abort/abort_words.h"

static RTC_NOINIT_ATTR struct abort_record record;

void __real_fxAbort(xsMachine *the, int status);
void __wrap_fxAbort(xsMachine *the, int status);

#ifndef mxDebug
static char reason[ABORT_REASON];
#endif
/* What ended the machine is the first thing that did: the SDK can get here again while it tells a debugger. */
static bool kept;

void __wrap_fxAbort(xsMachine *the, int status) {
    bool fault = ABORT_DEBUGGER != status;

#ifdef mxDebug
    /* An expression entered in xsbug: the SDK throws an exception and goes on. */
    fault = fault && ABORT_DEAD_STRIP != status;
#endif
    if (fault && !kept) {
        kept = true;
        abort_keep(&record, status);
        abort_words(&record, the);
#ifndef mxDebug
        /* By the ROM's means, which need little stack. In a debug build the port is xsbug's, and the SDK tells it. */
        if (abort_read(&record, reason))
            esp_rom_printf("\n%s\n", reason);
#endif
    }
    __real_fxAbort(the, status);
}

/* Why the chip started; what JavaScript left is told once. */
void xs_chip_start_reason(xsMachine *the) {
    char left[ABORT_REASON];
    const char *why;

    switch (esp_reset_reason()) {
    case ESP_RST_POWERON:
    case ESP_RST_EXT:
        why = "power on";
        break;
    case ESP_RST_SW:
        why = "restart";
        break;
    case ESP_RST_PANIC:
    case ESP_RST_CPU_LOCKUP:
        why = "crash";
        break;
    case ESP_RST_INT_WDT:
    case ESP_RST_TASK_WDT:
    case ESP_RST_WDT:
        why = "watchdog";
        break;
    case ESP_RST_BROWNOUT:
    case ESP_RST_PWR_GLITCH:
        why = "low voltage";
        break;
    case ESP_RST_USB:
    case ESP_RST_JTAG:
        why = "USB";
        break;
    default:
        why = "start";
    }
    /* Whatever the chip says: on a full stack the restart itself can crash. */
    if (abort_take(&record, left))
        why = left;
    xsmcSetString(xsResult, (char *)why);
}
