/* ESP-IDF: where variables lie. */
#ifndef DECLARED_ESP_ATTR_H
#define DECLARED_ESP_ATTR_H

#define RTC_NOINIT_ATTR __attribute__((section(".rtc_noinit")))

#endif
