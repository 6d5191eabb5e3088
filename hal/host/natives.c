/*
 * The globals native(name) and Native(name) of newer XS, over one static table that the build makes from the C sources,
 * so that TypeScript binds to C here in the words it uses on the device, where the linker resolves the names.
 */
#include "xsAll.h"
#include "host.h"

static txSlot *functions;

extern void __real_fxBufferFrameName(txMachine *the, txString buffer, txSize size, txSlot *frame, txString suffix);
void __wrap_fxBufferFrameName(txMachine *the, txString buffer, txSize size, txSlot *frame, txString suffix);

/*
 * The engine begins the message of an exception with the name of the function that throws it. Ours are written for
 * people, who gain nothing from a C name; on the device there is none either. The linker puts this in the engine's
 * place.
 */
void __wrap_fxBufferFrameName(txMachine *the, txString buffer, txSize size, txSlot *frame, txString suffix) {
    txSlot *function = frame + 3;
    if (function->kind == XS_REFERENCE_KIND && mxIsFunction(function->value.reference)) {
        txSlot *code = mxFunctionInstanceCode(function->value.reference);
        if (code->kind == XS_CALLBACK_KIND && code->ID != XS_NO_ID && !strncmp(fxGetKeyName(the, code->ID), "xs_", 3))
            return;
    }
    __real_fxBufferFrameName(the, buffer, size, frame, suffix);
}

static int find_native(xsMachine *the, bool destructor) {
    if (mxArgc < 1 || (mxArgv(0)->kind != XS_STRING_KIND && mxArgv(0)->kind != XS_STRING_X_KIND))
        mxTypeError("native: the name is no string");
    int low = 0, high = host_native_count - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        int order = strcmp(mxArgv(0)->value.string, host_natives[middle].name);
        if (order == 0) {
            if (destructor ? !host_natives[middle].destructor : !host_natives[middle].function)
                break;
            return middle;
        }
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    if (destructor)
        mxReferenceError("Native: no destructor \"%s\" in this host", mxArgv(0)->value.string);
    mxReferenceError("native: no function \"%s\" in this host", mxArgv(0)->value.string);
    return -1;
}

/* native(name): the same function object at every call, so that a call through it makes no garbage. */
static void native_function(xsMachine *the) {
    *mxResult = functions[find_native(the, false)];
}

/* What super() reaches: an instance of the class being made, with the destructor that its Native class names. */
static void native_construct(xsMachine *the) {
    if (mxIsUndefined(mxTarget))
        mxTypeError("call: Native class");
    mxPushSlot(mxTarget);
    fxGetID(the, mxID(_prototype));
    txSlot *prototype = fxToInstance(the, the->stack);
    txDestructor destructor = NULL;
    for (txSlot *ancestor = prototype; ancestor; ancestor = ancestor->value.instance.prototype) {
        if (ancestor->next && ancestor->next->kind == XS_HOST_KIND) {
            destructor = ancestor->next->value.host.variant.destructor;
            break;
        }
    }
    txSlot *instance = fxNewHostObject(the, destructor);
    instance->value.instance.prototype = prototype;
    mxPullSlot(mxResult);
    mxPop();
}

/* Native(name): a class to extend; its instances hold host data that `name` destroys. */
static void native_class(xsMachine *the) {
    int index = find_native(the, true);
    fxNewHostObject(the, host_natives[index].destructor);
    fxNewHostConstructor(the, native_construct, 0, XS_NO_ID);
    mxPullSlot(mxResult);
}

static void define_global(xsMachine *the, const char *name, txCallback callback) {
    fxNewHostFunction(the, callback, 1, XS_NO_ID, XS_NO_ID);
    mxPush(mxGlobal);
    fxDefineID(the, fxNewNameC(the, (txString)name), XS_DONT_ENUM_FLAG, XS_DONT_ENUM_FLAG);
    mxPop();
}

void natives_install(xsMachine *machine) {
    functions = calloc((size_t)host_native_count, sizeof(txSlot));
    if (!functions)
        abort();
    xsBeginHost(machine);
    {
        for (int index = 0; index < host_native_count; index++) {
            if (!host_natives[index].function)
                continue;
            fxNewHostFunction(the, host_natives[index].function, 0, fxNewNameC(the, (txString)host_natives[index].name),
                              XS_NO_ID);
            functions[index] = *the->stack;
            functions[index].next = NULL;
            fxRemember(the, &functions[index]);
            mxPop();
        }
        define_global(the, "native", native_function);
        define_global(the, "Native", native_class);
    }
    xsEndHost(machine);
}

void natives_free(void) {
    free(functions);
}
