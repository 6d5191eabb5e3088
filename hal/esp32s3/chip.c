/*
 * Natives of chip.ts over ESP-IDF. Called by the XS task only.
 */
#include <sys/time.h>

#include "esp_mac.h"
#include "esp_random.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "xsmc.h"

void xs_chip_mac(xsMachine *the) {
    static const char digits[] = "0123456789ABCDEF";
    uint8_t mac[6];
    char text[13];
    int i;

    if (ESP_OK != esp_read_mac(mac, ESP_MAC_WIFI_STA))
        xsUnknownError("the chip has no MAC address");
    for (i = 0; i < 6; i++) {
        text[2 * i] = digits[mac[i] >> 4];
        text[2 * i + 1] = digits[mac[i] & 15];
    }
    text[12] = 0;
    xsmcSetString(xsResult, text);
}

void xs_chip_ticks(xsMachine *the) {
    xsmcSetNumber(xsResult, (xsNumberValue)(esp_timer_get_time() / 1000));
}

void xs_chip_set_time(xsMachine *the) {
    struct timeval now = {.tv_sec = (time_t)xsmcToNumber(xsArg(0)), .tv_usec = 0};

    settimeofday(&now, NULL);
}

void xs_chip_restart(xsMachine *the) {
    (void)the;
    esp_restart();
}

void xs_chip_random(xsMachine *the) {
    xsmcSetNumber(xsResult, esp_random());
}
