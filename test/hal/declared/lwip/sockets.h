/* lwIP: sockets. */
#ifndef DECLARED_LWIP_SOCKETS_H
#define DECLARED_LWIP_SOCKETS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lwip/arch.h"

typedef u32_t socklen_t;
typedef u8_t sa_family_t;
typedef u16_t in_port_t;
typedef u32_t in_addr_t;

struct in_addr {
    in_addr_t s_addr;
};

struct sockaddr {
    u8_t sa_len;
    sa_family_t sa_family;
    char sa_data[14];
};

struct sockaddr_in {
    u8_t sin_len;
    sa_family_t sin_family;
    in_port_t sin_port;
    struct in_addr sin_addr;
    char sin_zero[8];
};

struct ip_mreq {
    struct in_addr imr_multiaddr;
    struct in_addr imr_interface;
};

struct iovec {
    void *iov_base;
    size_t iov_len;
};

struct msghdr {
    void *msg_name;
    socklen_t msg_namelen;
    struct iovec *msg_iov;
    int msg_iovlen;
    void *msg_control;
    socklen_t msg_controllen;
    int msg_flags;
};

#define AF_INET 2
#define SOCK_DGRAM 2
#define IPPROTO_IP 0
#define IPPROTO_UDP 17
#define SOL_SOCKET 0xfff
#define SO_REUSEADDR 0x0004
#define IP_TOS 1
#define IP_ADD_MEMBERSHIP 3
#define IP_MULTICAST_TTL 5
#define MSG_TRUNC 0x04
#define MSG_DONTWAIT 0x08
#define INADDR_ANY ((u32_t)0x00000000UL)

u16_t lwip_htons(u16_t value);
u32_t lwip_htonl(u32_t value);
int lwip_socket(int domain, int type, int protocol);
int lwip_bind(int socket, const struct sockaddr *name, socklen_t length);
int lwip_setsockopt(int socket, int level, int option, const void *value, socklen_t length);
ssize_t lwip_recv(int socket, void *data, size_t length, int flags);
ssize_t lwip_recvmsg(int socket, struct msghdr *message, int flags);
ssize_t lwip_sendto(int socket, const void *data, size_t length, int flags, const struct sockaddr *to,
                    socklen_t to_length);
int lwip_close(int socket);

#define htons(value) lwip_htons(value)
#define ntohs(value) lwip_htons(value)
#define htonl(value) lwip_htonl(value)
#define ntohl(value) lwip_htonl(value)

#endif
