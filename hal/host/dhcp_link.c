/*
 * Packets and addresses of the DHCP client's interface. What comes is read from a packet socket, because the system
 * hands nothing to an interface without an address; what goes leaves through a UDP socket, which also holds the
 * client's port.
 */
#include "dhcp_link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <net/route.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ServerPort = 67, ClientPort = 68, IpHeader = 20, UdpHeader = 8, PacketMost = 2048 };

static char name[IFNAMSIZ];
static uint8_t hardware[6];
static int packets = -1;
static int datagrams = -1;
static HostWatch *watch;

/* IPv4, UDP, no later fragment, to the client's port: all else would wake the phone for nothing. */
static struct sock_filter wanted[] = {
    BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 6),
    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 6),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1FFF, 4, 0),
    BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
    BPF_STMT(BPF_LD | BPF_H | BPF_IND, 2),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ClientPort, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, PacketMost),
    BPF_STMT(BPF_RET | BPF_K, 0),
};
static struct sock_filter nothing[] = {BPF_STMT(BPF_RET | BPF_K, 0)};

static bool attach(int descriptor, struct sock_filter *filter, size_t count) {
    struct sock_fprog program = {.len = (unsigned short)count, .filter = filter};
    return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) == 0;
}

static bool ask(unsigned long request, struct ifreq *asked) {
    memcpy(asked->ifr_name, name, sizeof(name));
    return ioctl(datagrams, request, asked) == 0;
}

static bool open_datagrams(void) {
    int yes = 1;
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(ClientPort)};
    datagrams = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return datagrams >= 0 &&
           setsockopt(datagrams, SOL_SOCKET, SO_BINDTODEVICE, name, (socklen_t)strlen(name) + 1) == 0 &&
           setsockopt(datagrams, SOL_SOCKET, SO_BROADCAST, &yes, sizeof(yes)) == 0 && attach(datagrams, nothing, 1) &&
           bind(datagrams, (struct sockaddr *)&own, sizeof(own)) == 0;
}

static bool open_interface(void) {
    struct ifreq asked = {0};
    if (!ask(SIOCGIFHWADDR, &asked) || asked.ifr_hwaddr.sa_family != ARPHRD_ETHER) {
        errno = errno ? errno : ENODEV;
        return false;
    }
    memcpy(hardware, asked.ifr_hwaddr.sa_data, sizeof(hardware));
    if (!ask(SIOCGIFFLAGS, &asked))
        return false;
    asked.ifr_flags |= IFF_UP;
    return ask(SIOCSIFFLAGS, &asked);
}

static bool open_packets(HostWatchCallback received) {
    struct sockaddr_ll own = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP)};
    packets = socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    own.sll_ifindex = (int)if_nametoindex(name);
    return packets >= 0 && attach(packets, wanted, sizeof(wanted) / sizeof(wanted[0])) &&
           bind(packets, (struct sockaddr *)&own, sizeof(own)) == 0 &&
           (watch = loop_watch(packets, EPOLLIN, received, sizeof(HostWatch))) != NULL;
}

const char *dhcp_link_open(const char *interface, HostWatchCallback received) {
    if (strlen(interface) >= sizeof(name) || if_nametoindex(interface) == 0)
        return "there is no such interface";
    memset(name, 0, sizeof(name));
    memcpy(name, interface, strlen(interface));
    errno = 0;
    if (open_datagrams() && open_interface() && open_packets(received))
        return NULL;
    const char *problem = strerror(errno);
    dhcp_link_close();
    return problem;
}

void dhcp_link_close(void) {
    if (watch)
        loop_unwatch(watch);
    watch = NULL;
    if (packets >= 0)
        close(packets);
    if (datagrams >= 0)
        close(datagrams);
    packets = datagrams = -1;
}

const uint8_t *dhcp_link_hardware(void) {
    return hardware;
}

bool dhcp_link_address(const char *interface, uint8_t address[6]) {
    struct ifreq asked = {0};
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return false;
    bool is = strlen(interface) < sizeof(asked.ifr_name);
    if (is)
        memcpy(asked.ifr_name, interface, strlen(interface));
    is = is && ioctl(descriptor, SIOCGIFHWADDR, &asked) == 0 && asked.ifr_hwaddr.sa_family == ARPHRD_ETHER;
    close(descriptor);
    if (is)
        memcpy(address, asked.ifr_hwaddr.sa_data, 6);
    return is;
}

int dhcp_link_receive(uint8_t *octets, size_t size) {
    uint8_t packet[PacketMost];
    ssize_t length = recv(packets, packet, sizeof(packet), MSG_DONTWAIT);
    if (length < 0)
        return -1;
    size_t header = (packet[0] & 15u) * 4, all = (size_t)packet[2] << 8 | packet[3];
    if (length < IpHeader + UdpHeader || packet[0] >> 4 != 4 || header < IpHeader || all > (size_t)length ||
        all < header + UdpHeader)
        return 0;
    /* the checksum is left alone: the peer of a virtual interface leaves it to hardware that is not there */
    size_t udp = (size_t)packet[header + 4] << 8 | packet[header + 5];
    if (udp < UdpHeader || udp > all - header || udp - UdpHeader > size)
        return 0;
    memcpy(octets, packet + header + UdpHeader, udp - UdpHeader);
    return (int)(udp - UdpHeader);
}

bool dhcp_link_send(const uint8_t *octets, size_t length, const uint8_t to[4]) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(ServerPort)};
    memcpy(&server.sin_addr, to, 4);
    return sendto(datagrams, octets, length, MSG_NOSIGNAL, (struct sockaddr *)&server, sizeof(server)) ==
           (ssize_t)length;
}

static bool set_address(unsigned long request, const uint8_t address[4]) {
    struct ifreq asked = {0};
    struct sockaddr_in value = {.sin_family = AF_INET};
    memcpy(&value.sin_addr, address, 4);
    memcpy(&asked.ifr_addr, &value, sizeof(value));
    return ask(request, &asked);
}

bool dhcp_link_configure(const uint8_t address[4], const uint8_t mask[4], const uint8_t router[4]) {
    static const uint8_t classful[4] = {255, 255, 255, 0};
    const uint8_t *used = mask[0] ? mask : classful;
    uint8_t broadcast[4];
    for (int i = 0; i < 4; i++)
        broadcast[i] = (uint8_t)(address[i] | (uint8_t)~used[i]);
    if (!set_address(SIOCSIFADDR, address) || !set_address(SIOCSIFNETMASK, used) ||
        !set_address(SIOCSIFBRDADDR, broadcast))
        return false;
    if (router[0] == 0)
        return true;
    struct rtentry route = {.rt_flags = RTF_UP | RTF_GATEWAY, .rt_dev = name};
    struct sockaddr_in gateway = {.sin_family = AF_INET}, any = {.sin_family = AF_INET};
    memcpy(&gateway.sin_addr, router, 4);
    memcpy(&route.rt_gateway, &gateway, sizeof(gateway));
    memcpy(&route.rt_dst, &any, sizeof(any));
    memcpy(&route.rt_genmask, &any, sizeof(any));
    return ioctl(datagrams, SIOCADDRT, &route) == 0 || errno == EEXIST;
}

void dhcp_link_clear(void) {
    static const uint8_t none[4];
    set_address(SIOCSIFADDR, none);
}
