/*
 * A picture of the display on its way out: a band of rows that is drawn, written as PNG, and drawn again for the rows
 * below.
 */
#ifndef LINNET_SCREENSHOT_H
#define LINNET_SCREENSHOT_H

#include <stdint.h>

/* The pixels of a row of the display, as struct picture has them, where it is in the band that is being drawn; else
 * NULL. */
uint16_t *screenshot_row(int row);

/* Pixels across; 0 while there is none. */
int screenshot_width(void);

#endif
