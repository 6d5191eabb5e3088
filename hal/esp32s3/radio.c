/*
 * Native of radio.ts: what the SDK's `wifi` module leaves at ESP-IDF's own value. Called by the XS task only.
 *
 * Untried on hardware: checked against the headers of ESP-IDF v6.0 alone.
 */
#include "esp_wifi.h"
#include "xsmc.h"

/* (seconds) */
void xs_radio_ride_out(xsMachine *the) {
    if (esp_wifi_set_inactive_time(WIFI_IF_STA, (uint16_t)xsmcToInteger(xsArg(0))) != ESP_OK)
        xsUnknownError("Wi-Fi does not take its inactive time");
}
