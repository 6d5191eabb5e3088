/*
 * Counts instructions. A record is eight octets on the descriptor SYSTEM_METER: whose work it was, as below or a
 * descriptor that something came from, and the instructions, both 32 bit with the least octet first.
 */
#ifndef LINNET_METER_H
#define LINNET_METER_H

#define METER_TIMERS (-1)
#define METER_TICK (-2)
/* Lines for the control channel, in the midst of other work and not counted as part of it. */
#define METER_LINES (-3)

/* What is between the two counts as one piece of work. They do not nest. */
void meter_begin(void);
void meter_end(int whose);

#endif
