/*
 * What DHCP gives to a phone, out of lwIP's client, and the interface's address. lwIP keeps what it needs itself and
 * hands all other options of a message to ESP-IDF's dhcp_parse_extra_opts(); the whole message lies around them and is
 * read from there. It asks for a fixed list of options, without 66 and 150, which most servers then do not send. So the
 * image is linked with --wrap for the two functions through which ESP-IDF reads and widens messages
 * (components/linnet_lwip), and each message is widened once more before it leaves; CONFIG_LWIP_DHCP_OPTIONS_LEN makes
 * the room. ESP-IDF's own hook for it (CONFIG_LWIP_HOOK_DHCP_EXTRA_OPTION_CUSTOM) does not compile in v6.0.
 */
#include "esp_event.h"
#include "esp_netif.h"
#include "freertos/FreeRTOS.h"
#include "lwip/dhcp.h"
#include "lwip/pbuf.h"
#include "lwip/prot/dhcp.h"
#include "xsmc.h"
#include "xsHost.h"

#include "../dhcp/lease.h"
#include "dhcp.h"

/* The part of a message before its options, cookie included. */
#define HEADER 240

static portMUX_TYPE lock = portMUX_INITIALIZER_UNLOCKED;
/* The latest acknowledgement: written by lwIP's task, read by the XS task, both under the lock. */
static struct lease_reply latest;

static xsMachine *machine;
static xsSlot changed;
/* As what the phone asks: written once, before there is an interface. */
static char host_name[33], vendor_class[64];
/* A notice is on its way to the XS task. */
static bool pending;

static void deliver(void *the, void *refcon, uint8_t *message, uint16_t length) {
    (void)refcon;
    (void)message;
    (void)length;
    portENTER_CRITICAL(&lock);
    pending = false;
    portEXIT_CRITICAL(&lock);
    xsBeginHost(the);
    xsCallFunction0(changed, xsGlobal);
    xsEndHost(the);
}

/* From any task but the XS task's. */
static void notify(void) {
    portENTER_CRITICAL(&lock);
    bool post = machine != NULL && !pending;
    pending = pending || post;
    portEXIT_CRITICAL(&lock);
    if (!post || modMessagePostToMachine(machine, NULL, 0, deliver, NULL) == 0)
        return;
    /* in a debug build a queue may stay full: the next notice is not to wait for this one */
    portENTER_CRITICAL(&lock);
    pending = false;
    portEXIT_CRITICAL(&lock);
}

/* ESP-IDF's functions as they were before the wrapping, and what is called in their place. The first are weak, so that
 * an image linked without the wrapping still links: it only asks for less. */
void __real_dhcp_parse_extra_opts(struct dhcp *dhcp, uint8_t state, uint8_t option, uint8_t len, struct pbuf *p,
                                  uint16_t offset) __attribute__((weak));
void __real_dhcp_append_extra_opts(struct netif *netif, uint8_t state, struct dhcp_msg *message, uint16_t *length)
    __attribute__((weak));
void __wrap_dhcp_parse_extra_opts(struct dhcp *dhcp, uint8_t state, uint8_t option, uint8_t len, struct pbuf *p,
                                  uint16_t offset);
void __wrap_dhcp_append_extra_opts(struct netif *netif, uint8_t state, struct dhcp_msg *message, uint16_t *length);

/* A message in more than one pbuf is longer than a frame: none is. */
static void receive(const struct pbuf *p) {
    static struct lease_reply reply;

    if (p->len < HEADER || !lease_parse(p->payload, p->len, &reply) || reply.type != LEASE_ACK)
        return;
    /* a renewed lease has another transaction and the same content */
    reply.transaction = 0;
    portENTER_CRITICAL(&lock);
    /* Their gaps are zero: lease_parse() clears all. NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-*) */
    bool other = memcmp(&latest, &reply, sizeof reply) != 0;
    bool renewed = memcmp(latest.address, reply.address, sizeof reply.address) == 0;
    latest = reply;
    portEXIT_CRITICAL(&lock);
    /* of a new address the event tells when it holds */
    if (other && renewed)
        notify();
}

/* On lwIP's task, once for each option that lwIP does not keep. */
void __wrap_dhcp_parse_extra_opts(struct dhcp *dhcp, uint8_t state, uint8_t option, uint8_t len, struct pbuf *p,
                                  uint16_t offset) {
    if (__real_dhcp_parse_extra_opts)
        __real_dhcp_parse_extra_opts(dhcp, state, option, len, p, offset);
    receive(p);
}

/* On lwIP's task, for each message that leaves. */
void __wrap_dhcp_append_extra_opts(struct netif *netif, uint8_t state, struct dhcp_msg *message, uint16_t *length) {
    if (__real_dhcp_append_extra_opts)
        __real_dhcp_append_extra_opts(netif, state, message, length);
    /* the end mark follows */
    *length = (uint16_t)lease_ask(message->options, *length, DHCP_OPTIONS_LEN - 1, vendor_class);
}

/* On the event task: an address has come or gone. */
static void address_event(void *argument, esp_event_base_t base, int32_t id, void *data) {
    (void)argument;
    (void)base;
    (void)data;
    if (id == IP_EVENT_STA_GOT_IP || id == IP_EVENT_STA_LOST_IP || id == IP_EVENT_ETH_GOT_IP ||
        id == IP_EVENT_ETH_LOST_IP)
        notify();
}

void dhcp_name(esp_netif_t *netif) {
    /* without a name of its own the interface has ESP-IDF's: no reason to be without a network */
    if (netif && host_name[0])
        esp_netif_set_hostname(netif, host_name);
}

void dhcp_hold(esp_netif_t *netif) {
    esp_netif_ip_info_t ip;
    esp_netif_ip_info_t none = {0};

    if (!netif)
        return;
    esp_netif_dhcpc_stop(netif);
    /* one set by hand would be announced with the link; where there is none, the name servers that go with it are
     * another interface's */
    if (esp_netif_get_ip_info(netif, &ip) != ESP_OK || ip.ip.addr != 0)
        esp_netif_set_ip_info(netif, &none);
}

/* Gives Wi-Fi's station the phone's name; before it joins a network. */
void xs_dhcp_name_station(xsMachine *the) {
    (void)the;
    dhcp_name(esp_netif_get_handle_from_ifkey("WIFI_STA_DEF"));
}

/* (host name, vendor class, callback): calls it at each change of what xs_dhcp_lease() gives. */
void xs_dhcp_start(xsMachine *the) {
    if (machine)
        return;
    xsmcToStringBuffer(xsArg(0), host_name, sizeof host_name);
    xsmcToStringBuffer(xsArg(1), vendor_class, sizeof vendor_class);
    changed = xsArg(2);
    xsRemember(changed);
    machine = the;
    /* the event loop is there already when Wi-Fi made it */
    esp_event_loop_create_default();
    if (esp_event_handler_register(IP_EVENT, ESP_EVENT_ANY_ID, address_event, NULL) != ESP_OK)
        xsUnknownError("network: no memory for its events");
}

static void list_add(struct lease_list *list, uint32_t address) {
    if (address != 0 && list->count < LEASE_ADDRESSES)
        memcpy(list->addresses[list->count++], &address, 4);
}

/*
 * The interface that serves the phone: Ethernet with link goes before Wi-Fi in a network; NULL while there is neither.
 * The default interface is not asked for: ESP-IDF makes none the default before it has an address.
 */
static esp_netif_t *serving(void) {
    static const char *const keys[] = {"ETH_DEF", "WIFI_STA_DEF"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        esp_netif_t *netif = esp_netif_get_handle_from_ifkey(keys[i]);
        if (netif && esp_netif_is_netif_up(netif))
            return netif;
    }
    return NULL;
}

/* The present lease as lease_write() has it, '' while there is no address. */
void xs_dhcp_lease(xsMachine *the) {
    static struct lease_reply reply;
    static char text[LEASE_TEXT];
    esp_netif_t *netif = serving();
    esp_netif_ip_info_t ip = {0};
    esp_netif_dns_info_t dns;

    text[0] = 0;
    if (netif && esp_netif_get_ip_info(netif, &ip) == ESP_OK && ip.ip.addr != 0) {
        portENTER_CRITICAL(&lock);
        reply = latest;
        portEXIT_CRITICAL(&lock);
        /* an address from elsewhere has nothing to do with what DHCP said last */
        if (memcmp(reply.address, &ip.ip.addr, 4) != 0)
            memset(&reply, 0, sizeof reply);
        memcpy(reply.address, &ip.ip.addr, 4);
        memcpy(reply.mask, &ip.netmask.addr, 4);
        reply.routers.count = 0;
        list_add(&reply.routers, ip.gw.addr);
        if (reply.dns.count == 0) {
            for (int type = ESP_NETIF_DNS_MAIN; type <= ESP_NETIF_DNS_BACKUP; type++)
                if (esp_netif_get_dns_info(netif, (esp_netif_dns_type_t)type, &dns) == ESP_OK &&
                    dns.ip.type == ESP_IPADDR_TYPE_V4)
                    list_add(&reply.dns, dns.ip.u_addr.ip4.addr);
        }
        lease_write(&reply, text);
    }
    xsmcSetString(xsResult, text);
}

static esp_err_t set_by_hand(xsMachine *the, esp_netif_t *netif) {
    esp_netif_ip_info_t ip = {0};
    esp_netif_dns_info_t dns = {.ip.type = ESP_IPADDR_TYPE_V4};

    ip.ip.addr = esp_ip4addr_aton(xsmcToString(xsArg(0)));
    ip.netmask.addr = esp_ip4addr_aton(xsmcToString(xsArg(1)));
    if (xsmcToString(xsArg(2))[0])
        ip.gw.addr = esp_ip4addr_aton(xsmcToString(xsArg(2)));
    esp_err_t error = esp_netif_dhcpc_stop(netif);
    if (error == ESP_OK || error == ESP_ERR_ESP_NETIF_DHCP_ALREADY_STOPPED)
        error = esp_netif_set_ip_info(netif, &ip);
    if (error == ESP_OK && xsmcToString(xsArg(3))[0]) {
        dns.ip.u_addr.ip4.addr = esp_ip4addr_aton(xsmcToString(xsArg(3)));
        error = esp_netif_set_dns_info(netif, ESP_NETIF_DNS_MAIN, &dns);
    }
    return error;
}

/* (address, mask, router, DNS server): sets the address of the interface that serves the phone by hand; '' for the
 * address asks for one by DHCP. '' or what is wrong; without such an interface nothing is. */
void xs_dhcp_configure(xsMachine *the) {
    esp_netif_t *netif = serving();
    esp_err_t error = ESP_OK;

    if (netif) {
        if (xsmcToString(xsArg(0))[0])
            error = set_by_hand(the, netif);
        else
            error = esp_netif_dhcpc_start(netif);
    }
    if (error == ESP_ERR_ESP_NETIF_DHCP_ALREADY_STARTED)
        error = ESP_OK;
    /* its link has gone meanwhile: with the next one it waits again until it may ask */
    if (netif && !esp_netif_is_netif_up(netif))
        dhcp_hold(netif);
    xsmcSetString(xsResult, (char *)(error == ESP_OK ? "" : esp_err_to_name(error)));
}
