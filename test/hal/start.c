/*
 * A life of the chip as hal/esp32s3/start.c sees it: start RTC REASON [STATUS WORDS [STATUS WORDS]]. RTC memory comes
 * from the file RTC and goes back there. Prints why the chip started, twice; then JavaScript gives up with STATUS, for
 * which there are WORDS, and the chip tells what it does of itself.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../hal/abort/abort_record.h"
#include "../../hal/abort/abort_words.h"
#include "esp_rom_sys.h"
#include "esp_system.h"
#include "xsmc.h"

extern char __start_rtc_noinit[], __stop_rtc_noinit[];
void xs_chip_start_reason(xsMachine *the);
void __wrap_fxAbort(xsMachine *the, int status);
void __real_fxAbort(xsMachine *the, int status);

static esp_reset_reason_t given;
static const char *words;

esp_reset_reason_t esp_reset_reason(void) {
    return given;
}

int esp_rom_printf(const char *format, ...) {
    va_list arguments;

    va_start(arguments, format);
    int length = vprintf(format, arguments);
    va_end(arguments);
    return length;
}

void abort_words(struct abort_record *record, void *machine) {
    (void)machine;
    abort_add(record, words);
}

void __real_fxAbort(xsMachine *the, int status) {
    (void)the;
    printf("restart %d\n", status);
}

int main(int argc, char **argv) {
    size_t size = (size_t)(__stop_rtc_noinit - __start_rtc_noinit);
    FILE *memory = argc < 3 ? NULL : fopen(argv[1], "r+");
    xsMachine machine;
    int lives = 0;

    if (!memory)
        return 2;
    given = (esp_reset_reason_t)atoi(argv[2]);
    for (; fread(__start_rtc_noinit, 1, size, memory) == size; lives++)
        for (int i = 0; i < 2; i++) {
            xs_chip_start_reason(&machine);
            printf("%s\n", machine.result);
        }
    for (int i = 3; i + 1 < argc; i += 2) {
        words = argv[i + 1];
        __wrap_fxAbort(&machine, atoi(argv[i]));
    }
    rewind(memory);
    if (lives == 1 && fwrite(__start_rtc_noinit, 1, size, memory) != size)
        return 2;
    return fclose(memory) || lives == 0 ? 2 : 0;
}
