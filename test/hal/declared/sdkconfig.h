/* ESP-IDF: what a board's release build says of the console. */
#ifndef DECLARED_SDKCONFIG_H
#define DECLARED_SDKCONFIG_H

#define CONFIG_ESP_CONSOLE_USB_SERIAL_JTAG 1

#endif
