#include "xsAll.h"

#include "abort_words.h"

#define SAME(theirs, ours) _Static_assert((int)(theirs) == (int)(ours), "XS numbers its statuses otherwise")
SAME(XS_DEBUGGER_EXIT, ABORT_DEBUGGER);
SAME(XS_NOT_ENOUGH_MEMORY_EXIT, ABORT_MEMORY);
SAME(XS_FATAL_CHECK_EXIT, ABORT_FATAL);
SAME(XS_DEAD_STRIP_EXIT, ABORT_DEAD_STRIP);
SAME(XS_UNHANDLED_EXCEPTION_EXIT, ABORT_EXCEPTION);
SAME(XS_NO_MORE_KEYS_EXIT, ABORT_KEYS);
SAME(XS_TOO_MUCH_COMPUTATION_EXIT, ABORT_COMPUTATION);
SAME(XS_UNHANDLED_REJECTION_EXIT, ABORT_REJECTION);
#if ESP32
SAME(XS_JAVASCRIPT_STACK_OVERFLOW_EXIT, ABORT_STACK);
SAME(XS_NATIVE_STACK_OVERFLOW_EXIT, ABORT_NATIVE_STACK);
#endif

/* Functions that are named at most. */
enum { MOST_NAMES = 4 };

/* The text of a string, NULL of anything else. */
static const char *text_of(const txSlot *slot) {
    return slot->kind == XS_STRING_KIND || slot->kind == XS_STRING_X_KIND ? slot->value.string : NULL;
}

/* The instance's own property, if it is a string; NULL else. */
static const char *own_text(const txSlot *instance, txID id) {
    for (const txSlot *slot = instance->next; slot; slot = slot->next)
        if (slot->ID == id && !(slot->flag & XS_INTERNAL_FLAG))
            return text_of(slot);
    return NULL;
}

/* The same, of the instance or the next of its prototypes that has one. */
static const char *any_text(const txSlot *instance, txID id) {
    for (; instance; instance = instance->value.instance.prototype) {
        const char *text = own_text(instance, id);
        if (text)
            return text;
    }
    return NULL;
}

/* Adds a name behind those before it. */
static bool add_name(struct abort_record *record, const char *name, int *count) {
    if (!name || !*name)
        return true;
    return (*count)++ < MOST_NAMES && abort_add(record, *count == 1 ? " at " : " < ") && abort_add(record, name);
}

/* An error knows where it was made. */
static void add_origin(struct abort_record *record, const txSlot *error) {
    int count = 0;

    if (!error->value.error.info)
        return;
    for (const txSlot *slot = error->value.error.info->next; slot; slot = slot->next)
        if (!add_name(record, slot->value.key.string, &count))
            return;
}

static void add_exception(struct abort_record *record, txMachine *the) {
    const txSlot *exception = &mxException;
    const char *text = text_of(exception);

    if (text) {
        abort_add(record, ": ");
        abort_add(record, text);
    }
    if (exception->kind != XS_REFERENCE_KIND)
        return;
    const txSlot *instance = exception->value.reference;
    const txSlot *error = instance->next;
    /* Anything else may be a proxy, whose texts are JavaScript's to tell. */
    if (!error || error->kind != XS_ERROR_KIND)
        return;
    const char *name = any_text(instance, mxID(_name));
    const char *message = any_text(instance, mxID(_message));
    abort_add(record, ": ");
    abort_add(record, name ? name : "Error");
    if (message && *message) {
        abort_add(record, ": ");
        abort_add(record, message);
    }
    add_origin(record, error);
}

/* Its own name, or else the one that its code bears. */
static const char *name_of(txMachine *the, const txSlot *function) {
    const char *name = own_text(function, mxID(_name));
    if (name)
        return name;
    txID id = mxFunctionInstanceCode(function)->ID;
    if (id == XS_NO_ID || id >= the->keyIndex)
        return NULL;
    const txSlot *key = fxGetKey(the, id);
    return key && (key->kind == XS_KEY_KIND || key->kind == XS_KEY_X_KIND) ? key->value.key.string : NULL;
}

/* Functions that run, the innermost first. */
static void add_frames(struct abort_record *record, txMachine *the) {
    int count = 0;
    /* Where a frame has its function: in another place in each of the engines that this is compiled with. */
    ptrdiff_t place = the->frame ? mxFunction - the->frame : 0;

    for (const txSlot *frame = the->frame; frame && frame->next; frame = frame->next) {
        const txSlot *function = frame + place;
        if (function->kind != XS_REFERENCE_KIND)
            continue;
        function = function->value.reference;
        if (mxIsFunction(function) && !add_name(record, name_of(the, function), &count))
            return;
    }
}

void abort_words(struct abort_record *record, void *machine) {
    txMachine *the = machine;

    if (record->status == ABORT_EXCEPTION || record->status == ABORT_REJECTION)
        add_exception(record, the);
    else
        add_frames(record, the);
}
