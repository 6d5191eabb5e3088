/* Moddable SDK: messages to the task of an XS machine. */
#ifndef DECLARED_XSHOST_H
#define DECLARED_XSHOST_H

#include <stdint.h>

#include "xsmc.h"

typedef void (*modMessageDeliver)(void *the, void *refcon, uint8_t *message, uint16_t length);

int modMessagePostToMachine(xsMachine *the, uint8_t *message, uint16_t length, modMessageDeliver callback,
                            void *refcon);
int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver callback, void *refcon);

#endif
