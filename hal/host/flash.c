/*
 * Flash on the host: a file in the folder of the storage, or memory alone, mapped as a chip maps its own. Like a chip's
 * it is erased to 0xff, and writing can only clear bits.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "host.h"

enum { FlashSize = 65536, FlashBlock = 4096 };

/* The one flash of the program; mapped for good. */
static struct {
    uint8_t *octets;
    bool in_file;
} flash;

/* Makes the file as long as flash is, new octets erased; false when it cannot be. */
static bool prepare(int descriptor) {
    uint8_t erased[FlashBlock];
    memset(erased, 0xff, sizeof(erased));
    off_t end = lseek(descriptor, 0, SEEK_END);
    if (end < 0)
        return false;
    while (end < FlashSize) {
        size_t rest = FlashSize - (size_t)end;
        ssize_t count = pwrite(descriptor, erased, rest < sizeof(erased) ? rest : sizeof(erased), end);
        if (count <= 0)
            return false;
        end += count;
    }
    return true;
}

static void *map(const char *path) {
    if (!*path)
        return mmap(NULL, FlashSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return MAP_FAILED;
    void *octets =
        prepare(descriptor) ? mmap(NULL, FlashSize, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) : MAP_FAILED;
    close(descriptor);
    return octets;
}

/* (path or ''): a buffer of all its octets. */
void xs_flash_open(xsMachine *the) {
    char path[PATH_MAX];
    xsmcToStringBuffer(xsArg(0), path, sizeof(path));
    if (!flash.octets) {
        void *octets = map(path);
        if (octets == MAP_FAILED)
            xsUnknownError("flash: cannot use %s: %s", path, strerror(errno));
        flash.octets = octets;
        flash.in_file = *path != 0;
        if (!flash.in_file)
            memset(flash.octets, 0xff, FlashSize);
    }
    xsResult = xsNewHostObject(NULL);
    xsmcSetHostBuffer(xsResult, flash.octets, FlashSize);
    xsmcPetrifyHostBuffer(xsResult);
}

static bool keep(void) {
    return !flash.in_file || msync(flash.octets, FlashSize, MS_SYNC) == 0;
}

/* (place): erases the block there. */
void xs_flash_erase(xsMachine *the) {
    xsIntegerValue at = xsmcToInteger(xsArg(0));
    bool good = flash.octets && at >= 0 && at <= FlashSize - FlashBlock && at % FlashBlock == 0;
    if (good) {
        memset(flash.octets + at, 0xff, FlashBlock);
        good = keep();
    }
    xsmcSetBoolean(xsResult, good);
}

/* (place, octets): clears bits. */
void xs_flash_write(xsMachine *the) {
    xsIntegerValue at = xsmcToInteger(xsArg(0));
    void *octets;
    xsUnsignedValue count;
    xsmcGetBufferReadable(xsArg(1), &octets, &count);
    bool good = flash.octets && at >= 0 && at <= FlashSize && count <= (xsUnsignedValue)(FlashSize - at);
    if (good) {
        for (xsUnsignedValue i = 0; i < count; i++)
            flash.octets[at + (xsIntegerValue)i] &= ((uint8_t *)octets)[i];
        good = keep();
    }
    xsmcSetBoolean(xsResult, good);
}
