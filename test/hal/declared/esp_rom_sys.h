/* ESP-IDF: functions of the ROM. */
#ifndef DECLARED_ESP_ROM_SYS_H
#define DECLARED_ESP_ROM_SYS_H

int esp_rom_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
