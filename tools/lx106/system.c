/*
 * What the C library needs below it on the emulated Xtensa: descriptors, memory, time, the beginning and the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "simulator.h"
#include "system.h"

enum { ArgumentOctets = 4096, LineOctets = 256, StackReserve = 16384 };

extern char _heap_start[], _stack_low[];
extern int main(int argc, char **argv);
char *fxCStackLimit(void);
void emulated_main(void);
void emulated_fault(int cause, uint32_t counter, uint32_t address);

static int call(enum simulator_call number, int a, int b, int c) {
    int error = 0, result = simulator_call(number, a, b, c, &error);
    if (result < 0)
        errno = error;
    return result;
}

/* A read of more than a page becomes two in the emulator, of which the second may have to wait: one page at most. */
ssize_t read(int descriptor, void *data, size_t size) {
    size_t left = 4096 - (uintptr_t)data % 4096;
    return call(SIMULATOR_READ, descriptor, (int)data, (int)(size < left ? size : left));
}

ssize_t write(int descriptor, const void *data, size_t size) {
    return call(SIMULATOR_WRITE, descriptor, (int)data, (int)size);
}

/* For reading only: there is nothing to write that has a name. */
int open(const char *path, int flags, ...) {
    if (flags & (O_WRONLY | O_RDWR | O_CREAT)) {
        errno = EROFS;
        return -1;
    }
    return call(SIMULATOR_OPEN, (int)path, 0, 0);
}

int close(int descriptor) {
    return call(SIMULATOR_CLOSE, descriptor, 0, 0);
}

off_t lseek(int descriptor, off_t offset, int whence) {
    return call(SIMULATOR_SEEK, descriptor, (int)offset, whence);
}

static int select_one(int descriptor, int what, int milliseconds) {
    uint32_t wait[2] = {(uint32_t)milliseconds / 1000, (uint32_t)milliseconds % 1000 * 1000};
    return call(SIMULATOR_SELECT, descriptor, what, (int)wait);
}

bool system_readable(int descriptor) {
    return select_one(descriptor, SIMULATOR_SELECT_READ, 0) > 0;
}

bool system_writable(int descriptor) {
    return select_one(descriptor, SIMULATOR_SELECT_WRITE, 0) > 0;
}

void system_wait(int descriptor, int milliseconds) {
    select_one(descriptor < 0 ? 0 : descriptor, descriptor < 0 ? SIMULATOR_SELECT_NOTHING : SIMULATOR_SELECT_READ,
               milliseconds);
}

/* Whether the descriptor is open is all that anybody asks; its flags are the parent's. */
int fcntl(int descriptor, int command, ...) {
    (void)command;
    return select_one(descriptor, SIMULATOR_SELECT_READ, 0) < 0 ? -1 : 0;
}

pid_t getpid(void) {
    return 1;
}

void *sbrk(ptrdiff_t size) {
    static char *end = _heap_start;
    char *before = end;
    if (size > _stack_low - end) {
        errno = ENOMEM;
        return (void *)-1;
    }
    end += size;
    return before;
}

/*
 * Hundredths of a second since the machine below was started, which is the finest that a file tells. The buffer lies
 * within one page: the emulator makes two reads of one across a boundary, and the second finds nothing. Time that
 * cannot be read stands still.
 */
int64_t system_centiseconds(void) {
    static int descriptor = -1;
    static char text[32] __attribute__((aligned(32)));
    static int64_t last;
    if (descriptor < 0)
        descriptor = open("/proc/uptime", O_RDONLY);
    else
        lseek(descriptor, 0, SEEK_SET);
    ssize_t length = read(descriptor, text, sizeof(text));
    int64_t value = 0;
    for (ssize_t at = 0; at < length && text[at] != ' '; at++)
        if (text[at] != '.')
            value = value * 10 + (text[at] - '0');
    if (value > last)
        last = value;
    return last;
}

/* Seconds since 1970 when the machine below was started. */
static int64_t system_started(void) {
    char line[LineOctets];
    int64_t value = 0;
    FILE *file = fopen("/proc/stat", "r");
    while (file && fgets(line, sizeof(line), file))
        if (!strncmp(line, "btime ", 6))
            value = strtoll(line + 6, NULL, 10);
    if (file)
        fclose(file);
    return value;
}

int gettimeofday(struct timeval *time, void *zone) {
    static int64_t started;
    int64_t now = system_centiseconds();
    (void)zone;
    if (!started)
        started = system_started();
    time->tv_sec = started + now / 100;
    time->tv_usec = (suseconds_t)(now % 100 * 10000);
    return 0;
}

/* Standard output and error: a line at a time, each to its descriptor. */
typedef struct {
    FILE file;
    int descriptor;
    int length;
    char line[LineOctets];
} Stream;

static int stream_flush(FILE *file) {
    Stream *stream = (Stream *)file;
    for (int sent = 0, count; sent < stream->length; sent += count)
        if ((count = (int)write(stream->descriptor, stream->line + sent, (size_t)(stream->length - sent))) <= 0)
            break;
    stream->length = 0;
    return 0;
}

static int stream_put(char octet, FILE *file) {
    Stream *stream = (Stream *)file;
    stream->line[stream->length++] = octet;
    if (octet == '\n' || stream->length == LineOctets)
        stream_flush(file);
    return (unsigned char)octet;
}

static Stream output = {.file = FDEV_SETUP_STREAM(stream_put, NULL, stream_flush, _FDEV_SETUP_WRITE), .descriptor = 1};
static Stream errors = {.file = FDEV_SETUP_STREAM(stream_put, NULL, stream_flush, _FDEV_SETUP_WRITE), .descriptor = 2};
FILE *const stdin = &output.file;
FILE *const stdout = &output.file;
FILE *const stderr = &errors.file;

void _exit(int status) {
    stream_flush(stdout);
    stream_flush(stderr);
    for (;;)
        simulator_call(SIMULATOR_EXIT, status, 0, 0, NULL);
}

/* What abort() comes down to. */
int kill(pid_t process, int signal) {
    (void)process;
    fprintf(stderr, "linnet: signal %d\n", signal);
    _exit(SYSTEM_FAULT);
}

/* The engine stops before this with a word; what is below is for the functions that say it. */
char *fxCStackLimit(void) {
    return _stack_low + StackReserve;
}

void emulated_fault(int cause, uint32_t counter, uint32_t address) {
    fprintf(stderr, "linnet: processor exception %d at %08lx, address %08lx\n", cause, (unsigned long)counter,
            (unsigned long)address);
    _exit(SYSTEM_FAULT);
}

/* The words come as an array of pointers with the texts behind it. */
void emulated_main(void) {
    static char *words[ArgumentOctets / sizeof(char *)];
    int count = simulator_call(SIMULATOR_ARGUMENT_COUNT, 0, 0, 0, NULL);
    if (simulator_call(SIMULATOR_ARGUMENT_OCTETS, 0, 0, 0, NULL) > ArgumentOctets) {
        fprintf(stderr, "linnet: the arguments take more than %d octets\n", ArgumentOctets);
        _exit(SYSTEM_FAULT);
    }
    simulator_call(SIMULATOR_ARGUMENTS, (int)words, 0, 0, NULL);
    exit(main(count, words));
}
