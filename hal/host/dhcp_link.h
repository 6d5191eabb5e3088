/*
 * The interface that the host's DHCP client works on: packets to and from it before it has an address, its address, its
 * route. Needs the rights of root; meant for a network namespace that is the phone's own.
 */
#ifndef LINNET_DHCP_LINK_H
#define LINNET_DHCP_LINK_H

#include "host.h"

/* Opens the interface and calls `received` when messages wait; what is wrong, or NULL. */
const char *dhcp_link_open(const char *interface, HostWatchCallback received);
void dhcp_link_close(void);
const uint8_t *dhcp_link_hardware(void);
/* The hardware address of any Ethernet interface; false when it is none. */
bool dhcp_link_address(const char *interface, uint8_t address[6]);
/* The next message for a client; its length, -1 when none waits, 0 for a packet that is none. */
int dhcp_link_receive(uint8_t *octets, size_t size);
/* Sends a message to a server; false when it could not leave. */
bool dhcp_link_send(const uint8_t *octets, size_t length, const uint8_t to[4]);
/* Gives the interface an address and, with a router other than 0.0.0.0, a default route; false when the system refuses.
 */
bool dhcp_link_configure(const uint8_t address[4], const uint8_t mask[4], const uint8_t router[4]);
/* Takes its address away. */
void dhcp_link_clear(void);

#endif
