/* Of XS's C interface what hal/esp32s3/dhcp.c uses: a slot holds a text. */
#ifndef LINNET_TEST_XSMC_H
#define LINNET_TEST_XSMC_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char text[1024];
} xsSlot;
typedef struct {
    xsSlot arguments[4], result;
} xsMachine;

void xs_called(void);

#define xsGlobal 0
#define xsArg(index) (the->arguments[index])
#define xsResult (the->result)
#define xsRemember(slot) ((void)(slot))
#define xsBeginHost(machine) ((void)(machine))
#define xsEndHost(machine) ((void)(machine))
#define xsCallFunction0(function, self) xs_called()
#define xsUnknownError(words) abort()
#define xsmcToString(slot) ((slot).text)
/* As the engine does, it refuses what does not fit. */
#define xsmcToStringBuffer(slot, buffer, size)                                                                         \
    (strlen((slot).text) < (size) ? strcpy(buffer, (slot).text) : (abort(), (char *)NULL))
#define xsmcSetString(slot, words) snprintf((slot).text, sizeof(slot).text, "%s", words)

#endif
