/* lwIP's DHCP client, as far as hal/esp32s3/dhcp.c sees it. */
struct dhcp;
struct netif;
