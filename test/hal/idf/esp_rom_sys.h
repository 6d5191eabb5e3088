/* Stands in for ESP-IDF v6.0's header of that name. */
#ifndef LINNET_TEST_ESP_ROM_SYS_H
#define LINNET_TEST_ESP_ROM_SYS_H

int esp_rom_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
