/* lwIP's packets, as far as hal/esp32s3/dhcp.c reads them. */
#include <stdint.h>

struct pbuf {
    void *payload;
    uint16_t len;
};
