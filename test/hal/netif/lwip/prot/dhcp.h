/* lwIP's DHCP messages, as far as hal/esp32s3/dhcp.c writes them. */
#include <stdint.h>

#define DHCP_OPTIONS_LEN 192
struct dhcp_msg {
    uint8_t options[DHCP_OPTIONS_LEN];
};
