/*
 * Natives of usbline.ts: USB-Serial-JTAG, which is the console of a release build. From here on ESP-IDF's driver has
 * it, for the log as well: octets written at once stay together in its ring buffer, whoever else writes. A small task
 * waits for what comes and hands it to the XS task, piece by piece; what waits meanwhile holds the far end back.
 *
 * Untried on hardware: checked against the headers of ESP-IDF v6.0 alone.
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#include "esp_driver_usb_serial_jtag/include/driver/usb_serial_jtag.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"
#include "xsHost.h"
#include "xsmc.h"

/* A debug build's line belongs to xsbug. */
#if CONFIG_ESP_CONSOLE_USB_SERIAL_JTAG && !defined(mxDebug)
#define LINE 1
#else
#define LINE 0
#endif

/* Octets of the driver's buffers, the longest packet each way: 110 with a network, 268 with a result. */
#define RECEIVED_MOST 256
#define SENT_MOST 320
#define PIECE 64
#define TASK_STACK 2048
/* As that of the control channel: above JavaScript, below all that carries sound. */
#define TASK_PRIORITY 5
/* How long a packet waits for a line that nobody reads. */
#define PATIENCE pdMS_TO_TICKS(50)

static struct {
    xsMachine *machine;
    xsSlot readable;
    TaskHandle_t task;
    uint8_t piece[PIECE];
    /* Octets in it, written by the task while they are 0 and by JavaScript otherwise. */
    _Atomic unsigned count;
    unsigned taken;
} line;

#if LINE
/* In a header that the SDK's build does not reach; the console links it. */
void usb_serial_jtag_vfs_use_driver(void);

static void deliver(void *the, void *refcon, uint8_t *message, uint16_t length) {
    (void)the;
    (void)refcon;
    (void)message;
    (void)length;
    xsBeginHost(line.machine);
    { xsCallFunction0(line.readable, xsGlobal); }
    xsEndHost(line.machine);
}

static void await_octets(void *unused) {
    (void)unused;
    for (;;) {
        int count = usb_serial_jtag_read_bytes(line.piece, PIECE, portMAX_DELAY);

        if (count <= 0)
            continue;
        line.taken = 0;
        atomic_store(&line.count, (unsigned)count);
        while (modMessagePostToMachine(line.machine, NULL, 0, deliver, NULL) != 0)
            vTaskDelay(1);
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    }
}
#endif

/* (readable) */
void xs_usbline_open(xsMachine *the) {
    xsmcSetFalse(xsResult);
#if LINE
    usb_serial_jtag_driver_config_t config = {.tx_buffer_size = SENT_MOST, .rx_buffer_size = RECEIVED_MOST};

    if (line.task || usb_serial_jtag_driver_install(&config) != ESP_OK)
        return;
    usb_serial_jtag_vfs_use_driver();
    line.machine = the;
    line.readable = xsArg(0);
    xsRemember(line.readable);
    if (xTaskCreate(await_octets, "serial", TASK_STACK, NULL, TASK_PRIORITY, &line.task) == pdPASS)
        xsmcSetTrue(xsResult);
#endif
}

/* (target) */
void xs_usbline_read(xsMachine *the) {
    void *target;
    xsUnsignedValue room;
    unsigned count = atomic_load(&line.count) - line.taken;

    xsmcGetBufferWritable(xsArg(0), &target, &room);
    if (count > room)
        count = (unsigned)room;
    memcpy(target, line.piece + line.taken, count);
    line.taken += count;
    if (count > 0 && line.taken == atomic_load(&line.count)) {
        atomic_store(&line.count, 0);
        line.taken = 0;
        xTaskNotifyGive(line.task);
    }
    xsmcSetInteger(xsResult, (xsIntegerValue)count);
}

/* (source) */
void xs_usbline_write(xsMachine *the) {
    bool written = false;
#if LINE
    void *source;
    xsUnsignedValue size;

    xsmcGetBufferReadable(xsArg(0), &source, &size);
    written = line.task && usb_serial_jtag_write_bytes(source, size, PATIENCE) == (int)size;
#endif
    xsmcSetBoolean(xsResult, written);
}
