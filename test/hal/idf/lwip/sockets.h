/*
 * Stands in for lwIP's header of that name: the types are the system's.
 */
#ifndef LINNET_TEST_LWIP_SOCKETS_H
#define LINNET_TEST_LWIP_SOCKETS_H

#include <netinet/in.h>
#include <sys/socket.h>

#endif
