/* Stands in for ESP-IDF v6.0's header of that name: RTC memory is a section that start.c (the test) carries over. */
#ifndef LINNET_TEST_ESP_ATTR_H
#define LINNET_TEST_ESP_ATTR_H

#define RTC_NOINIT_ATTR __attribute__((section("rtc_noinit")))

#endif
