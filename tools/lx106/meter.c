/* Counts instructions; see meter.h. */
#include "meter.h"

#include <unistd.h>

#include "host.h"
#include "simulator.h"
#include "system.h"

static uint32_t work, lines, left_out;

static void tell(int whose, uint32_t count) {
    int32_t record[2] = {whose, (int32_t)(count * SIMULATOR_INSTRUCTIONS)};
    write(SYSTEM_METER, record, sizeof(record));
}

void meter_begin(void) {
    left_out = 0;
    work = simulator_count();
}

void meter_end(int whose) {
    tell(whose, simulator_count() - work - left_out);
}

void host_line(bool begun) {
    if (begun) {
        lines = simulator_count();
        return;
    }
    tell(METER_LINES, simulator_count() - lines);
    left_out += simulator_count() - lines;
}
