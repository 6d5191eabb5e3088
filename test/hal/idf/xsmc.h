/* Stands in for XS's header of that name where a native gives a string and no more. */
#ifndef LINNET_TEST_XSMC_H
#define LINNET_TEST_XSMC_H

typedef struct {
    char result[512];
} xsMachine;

#define xsResult (the->result)
#define xsmcSetString(slot, text) snprintf(slot, sizeof(slot), "%s", text)

#include <stdio.h>

#endif
