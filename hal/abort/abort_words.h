/*
 * Words about a JavaScript machine that gives up: the exception's, and the names of the functions that ran. It looks
 * into the engine itself, since nothing may run any more: no memory is taken, no JavaScript called, no stack of the
 * machine used.
 */
#ifndef LINNET_ABORT_WORDS_H
#define LINNET_ABORT_WORDS_H

#include "abort_record.h"

/* Adds words to the record of `machine`, an xsMachine. */
void abort_words(struct abort_record *record, void *machine);

#endif
