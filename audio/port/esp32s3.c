/*
 * Audio port of the ESP32-S3: one FreeRTOS task on core 1 ticks the pipeline every 10 ms by the system clock and moves
 * RTP through lwIP's UDP sockets. I2S and the codec come with the board; until then the microphone is silence and the
 * speaker frame goes nowhere, while calls, packets and counters are real. From then on the I2S DMA is the clock.
 */
#include "../pipeline.h"
#include "../port.h"

#include <string.h>

#include "esp_attr.h"
#include "esp_random.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"
#include "lwip/sockets.h"

#define TICK_MILLISECONDS 10
/* A tick takes 2 KB; the canceller's FFT, where the image has it, as much again. */
#define TASK_STACK 6144
/* Above lwIP's own task (18), below Wi-Fi's (23). */
#define TASK_PRIORITY 19
#define TASK_CORE 1

/* RTP ports: even, below the range that lwIP gives out by itself. */
#define FIRST_PORT 20480
#define PORT_PAIRS 6144
#define PORT_ATTEMPTS 64

#define NO_SOCKET (-1)

struct channel {
    int socket;
    /* RTCP's, one port above; NO_SOCKET without reports. */
    int control;
    uint16_t port;
    bool receiving;
    bool transmitting;
    struct sockaddr_in peer;
};

/* Frames from the tick that makes speaker sound to the one whose microphone sound has the first of its echo: what the
 * DMA holds on both ways. */
#define ECHO_DELAY 4

/* How loud the own voice is in handset and headset: -25.5 dB; see pipeline.h. */
#define SIDETONE 16

/* A ring file is read a frame a tick: slow memory will do, where the board has any. */
static EXT_RAM_BSS_ATTR uint8_t ring_file[TONE_FILE_MOST];

/* `lock` guards all below it: the XS task changes streams between ticks only. */
static struct {
    TaskHandle_t task;
    SemaphoreHandle_t lock;
    struct pipeline pipeline;
    struct channel channels[PIPELINE_STREAMS];
    StaticSemaphore_t lock_memory;
    StaticTask_t task_memory;
    StackType_t stack[TASK_STACK];
} port;

static void lock(void) {
    xSemaphoreTake(port.lock, portMAX_DELAY);
}

static void unlock(void) {
    xSemaphoreGive(port.lock);
}

/* Wakes the task when the pipeline has something to do again. */
static void unlock_and_wake(void) {
    bool active = pipeline_active(&port.pipeline);

    unlock();
    if (active)
        xTaskNotifyGive(port.task);
}

/* Samples of 1/8000 s since the chip started; wraps at 2^32. */
static uint32_t sample_clock(void) {
    return (uint32_t)(esp_timer_get_time() / 125);
}

static void receive(int descriptor, struct packet_ring *ring) {
    struct packet *packet;

    while ((packet = packet_ring_reserve(ring)) != NULL) {
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        struct iovec vector = {.iov_base = packet->octets, .iov_len = PACKET_OCTETS};
        struct msghdr message = {.msg_name = &from, .msg_namelen = size, .msg_iov = &vector, .msg_iovlen = 1};
        ssize_t length = recvmsg(descriptor, &message, MSG_DONTWAIT);

        if (length < 0)
            return;
        /* A datagram longer than the slot is cut off: one octet more than fits tells the tick to refuse it. */
        packet->length = (message.msg_flags & MSG_TRUNC) ? PACKET_OCTETS + 1 : (uint16_t)length;
        packet->arrival = sample_clock();
        packet->address = ntohl(from.sin_addr.s_addr);
        packet->port = ntohs(from.sin_port);
        packet_ring_publish(ring);
    }
}

static void transmit(struct channel *channel, struct packet_ring *ring) {
    struct packet *packet;

    while ((packet = packet_ring_peek(ring)) != NULL) {
        struct sockaddr_in peer = channel->peer;
        int descriptor = channel->socket;

        if (rtcp_is(packet->octets, packet->length)) {
            peer.sin_port = htons((uint16_t)(ntohs(peer.sin_port) + 1));
            descriptor = channel->control;
        }
        /* A full send queue loses the packet, as a full network would. */
        if (channel->transmitting && descriptor != NO_SOCKET)
            sendto(descriptor, packet->octets, packet->length, MSG_DONTWAIT, (const struct sockaddr *)&peer,
                   sizeof peer);
        packet_ring_release(ring);
    }
}

/* One tick; false when there is nothing to do until somebody wakes the task. */
static bool tick(void) {
    static const int16_t microphone[PIPELINE_FRAME];
    static int16_t speaker[PIPELINE_FRAME];
    uint32_t i;

    lock();
    if (!pipeline_active(&port.pipeline)) {
        unlock();
        return false;
    }
    for (i = 0; i < PIPELINE_STREAMS; i++) {
        if (port.channels[i].receiving)
            receive(port.channels[i].socket, &port.pipeline.streams[i].received);
        if (port.channels[i].receiving && port.channels[i].control != NO_SOCKET)
            receive(port.channels[i].control, &port.pipeline.streams[i].received);
    }
    pipeline_tick(&port.pipeline, microphone, speaker);
    for (i = 0; i < PIPELINE_STREAMS; i++)
        transmit(&port.channels[i], &port.pipeline.streams[i].sent);
    unlock();
    return true;
}

static void run(void *unused) {
    (void)unused;
    for (;;) {
        ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
        TickType_t due = xTaskGetTickCount();

        while (tick())
            vTaskDelayUntil(&due, pdMS_TO_TICKS(TICK_MILLISECONDS));
    }
}

static void reset(struct echo *echo) {
    pipeline_reset(&port.pipeline);
    pipeline_set_sidetone(&port.pipeline, SIDETONE);
    pipeline_set_echo(&port.pipeline, echo);
}

bool audio_port_start(void) {
    uint32_t i;

    if (port.task)
        return true;
    for (i = 0; i < PIPELINE_STREAMS; i++)
        port.channels[i].socket = port.channels[i].control = NO_SOCKET;
    /* Memory for the canceller is taken here, once; without it, or if memory is out, the speaker is as it is. */
    reset(echo_open(ECHO_DELAY));
    port.lock = xSemaphoreCreateMutexStatic(&port.lock_memory);
    port.task = xTaskCreateStaticPinnedToCore(run, "audio", TASK_STACK, NULL, TASK_PRIORITY, port.stack,
                                              &port.task_memory, TASK_CORE);
    return port.task != NULL;
}

/* Closes the channel's sockets when neither side needs them. */
static void close_unused(struct channel *channel) {
    if (channel->receiving || channel->transmitting || channel->socket == NO_SOCKET)
        return;
    close(channel->socket);
    if (channel->control != NO_SOCKET)
        close(channel->control);
    channel->socket = channel->control = NO_SOCKET;
}

/* The task stays, asleep: its memory is static, and the machine may start again. */
void audio_port_stop(void) {
    uint32_t i;

    lock();
    reset(port.pipeline.echo);
    for (i = 0; i < PIPELINE_STREAMS; i++) {
        port.channels[i].receiving = port.channels[i].transmitting = false;
        close_unused(&port.channels[i]);
    }
    unlock();
}

/* A socket bound to a port, or NO_SOCKET. */
static int bind_socket(uint16_t number) {
    struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(number), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int descriptor = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

    if (descriptor < 0)
        return NO_SOCKET;
    if (bind(descriptor, (const struct sockaddr *)&local, sizeof local) == 0)
        return descriptor;
    close(descriptor);
    return NO_SOCKET;
}

/* Binds the channel's socket to a random free even port, if it has none yet, and with reports another to the port
 * above. */
static bool open_socket(struct channel *channel) {
    int attempt;

    if (channel->socket != NO_SOCKET)
        return true;
    for (attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
        uint16_t number = (uint16_t)(FIRST_PORT + 2 * (esp_random() % PORT_PAIRS));

        channel->port = number;
        channel->socket = bind_socket(number);
        if (channel->socket == NO_SOCKET)
            continue;
        if (!port.pipeline.reports)
            return true;
        channel->control = bind_socket((uint16_t)(number + 1));
        if (channel->control != NO_SOCKET)
            return true;
        close(channel->socket);
        channel->socket = NO_SOCKET;
    }
    return false;
}

uint16_t audio_port_open_receive(uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    uint16_t number = 0;

    if (stream >= PIPELINE_STREAMS)
        return 0;

    struct channel *channel = &port.channels[stream];

    lock();
    if (open_socket(channel) && pipeline_open_receive(&port.pipeline, stream, payload_type, packet_time)) {
        channel->receiving = true;
        number = channel->port;
    }
    close_unused(channel);
    unlock_and_wake();
    return number;
}

/* Joins a group with the channel's socket, which must not be in use. */
static bool join_group(struct channel *channel, uint32_t group, uint32_t number) {
    struct sockaddr_in local = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)number), .sin_addr.s_addr = htonl(INADDR_ANY)};
    struct ip_mreq membership = {.imr_multiaddr.s_addr = htonl(group), .imr_interface.s_addr = htonl(INADDR_ANY)};
    int on = 1, descriptor = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

    if (descriptor < 0)
        return false;
    if (setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        bind(descriptor, (const struct sockaddr *)&local, sizeof local) < 0 ||
        setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0) {
        close(descriptor);
        return false;
    }
    channel->socket = descriptor;
    channel->port = (uint16_t)number;
    return true;
}

bool audio_port_open_multicast(uint32_t stream, uint32_t address, uint32_t number, uint32_t payload_type,
                               uint32_t packet_time) {
    bool opened = false;

    if (stream >= PIPELINE_STREAMS || address >> 28 != 14 || number == 0 || number > 65535)
        return false;

    struct channel *channel = &port.channels[stream];

    lock();
    /* The socket of a stream that is open belongs to its call. */
    if (channel->socket == NO_SOCKET && join_group(channel, address, number)) {
        opened = channel->receiving = pipeline_open_receive(&port.pipeline, stream, payload_type, packet_time);
        close_unused(channel);
    }
    unlock_and_wake();
    return opened;
}

void audio_port_close_receive(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return;
    lock();
    pipeline_close_receive(&port.pipeline, stream);
    port.channels[stream].receiving = false;
    close_unused(&port.channels[stream]);
    unlock();
}

void audio_port_receive_events(uint32_t stream, uint32_t payload_type) {
    lock();
    pipeline_receive_events(&port.pipeline, stream, payload_type);
    unlock();
}

bool audio_port_start_transmit(uint32_t stream, uint32_t address, uint32_t number, uint32_t payload_type,
                               uint32_t packet_time, uint32_t tos) {
    uint32_t seed[3] = {esp_random(), esp_random(), esp_random()};
    int type_of_service = (int)(tos & 0xFF);
    bool started = false;

    if (stream >= PIPELINE_STREAMS || address == 0 || number == 0 || number > 65535)
        return false;

    struct channel *channel = &port.channels[stream];

    lock();
    if (open_socket(channel) && pipeline_start_transmit(&port.pipeline, stream, payload_type, packet_time, seed)) {
        setsockopt(channel->socket, IPPROTO_IP, IP_TOS, &type_of_service, sizeof type_of_service);
        channel->peer = (struct sockaddr_in){
            .sin_family = AF_INET, .sin_port = htons((uint16_t)number), .sin_addr.s_addr = htonl(address)};
        channel->transmitting = started = true;
        pipeline_set_peer(&port.pipeline, stream, address, number);
    }
    close_unused(channel);
    unlock_and_wake();
    return started;
}

void audio_port_stop_transmit(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return;
    lock();
    pipeline_stop_transmit(&port.pipeline, stream);
    /* The farewell still goes to whom the rest went to. */
    transmit(&port.channels[stream], &port.pipeline.streams[stream].sent);
    pipeline_set_peer(&port.pipeline, stream, 0, 0);
    port.channels[stream].transmitting = false;
    close_unused(&port.channels[stream]);
    unlock();
}

void audio_port_set_transmit(uint32_t stream, bool suppress, uint32_t event_type) {
    lock();
    pipeline_set_transmit(&port.pipeline, stream, suppress, event_type);
    unlock();
}

bool audio_port_send_event(uint32_t stream, uint32_t event, uint32_t milliseconds) {
    lock();
    bool queued = pipeline_send_event(&port.pipeline, stream, event, milliseconds);
    unlock();
    return queued;
}

void audio_port_set_reports(bool reports) {
    lock();
    pipeline_set_reports(&port.pipeline, reports);
    unlock();
}

void audio_port_start_tone(uint32_t id, uint32_t direction) {
    lock();
    pipeline_start_tone(&port.pipeline, id, direction);
    unlock_and_wake();
}

void audio_port_stop_tone(void) {
    lock();
    pipeline_stop_tone(&port.pipeline);
    unlock();
}

void audio_port_ring(uint32_t mode, bool once) {
    lock();
    pipeline_ring(&port.pipeline, mode, once);
    unlock_and_wake();
}

void audio_port_set_locale(uint32_t locale) {
    lock();
    pipeline_set_locale(&port.pipeline, locale);
    unlock();
}

void audio_port_key_tone(uint32_t event) {
    lock();
    pipeline_key_tone(&port.pipeline, event);
    unlock_and_wake();
}

void audio_port_set_bell(uint32_t bell) {
    lock();
    pipeline_set_bell(&port.pipeline, bell);
    unlock();
}

bool audio_port_set_ring_file(const uint8_t *codes, uint32_t count) {
    if (!tone_file_fits(count))
        return false;
    lock();
    memcpy(ring_file, codes, count);
    pipeline_set_ring_file(&port.pipeline, ring_file, count);
    unlock();
    return true;
}

void audio_port_set_route(uint32_t route) {
    lock();
    pipeline_set_route(&port.pipeline, route);
    unlock();
}

void audio_port_set_mute(bool muted) {
    lock();
    pipeline_set_mute(&port.pipeline, muted);
    unlock();
}

void audio_port_set_volume(uint32_t route, uint32_t step) {
    lock();
    pipeline_set_volume(&port.pipeline, route, step);
    unlock();
}

void audio_port_statistics(uint32_t stream, uint32_t *counters, uint32_t count) {
    memset(counters, 0, count * sizeof *counters);
    if (stream >= PIPELINE_STREAMS)
        return;
    if (count > STATISTIC_COUNT)
        count = STATISTIC_COUNT;
    lock();
    memcpy(counters, port.pipeline.streams[stream].counters, count * sizeof *counters);
    unlock();
}
