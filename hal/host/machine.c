/*
 * One XS machine with the device's limits. While modules load the heap may grow; then garbage is collected and exactly
 * the limits are left free, so that slots and chunks count as on the device, where code and preloaded modules are in
 * flash. Also everything that ends the program: uncaught exceptions, exhausted heaps, the report of figures.
 */
#include "xsAll.h"
#include "xsScript.h"
#undef mxGetID
#include "abort_record.h"
#include "host.h"

#include <stdlib.h>

enum { LoadingStack = 4096, StackPaint = 0xA5, PaintedRun = 16 };

static HostFigures baseline, empty;
static HostLimits limits;
static uint32_t collections;
static txSlot *stackBase;
static txSlot *stackAllocated;
static txSlot pinned;
static txSlot collectionObject;
static const char *reportPath;

static void count_collection(xsMachine *the, void *data, xsMarkRoot markRoot) {
    (void)the;
    (void)data;
    (void)markRoot;
    collections++;
}

static const xsHostHooks collectionHooks = {NULL, count_collection, NULL};

void fxCreateMachinePlatform(txMachine *the) {
    the->promiseJobs = 0;
}

void fxDeleteMachinePlatform(txMachine *the) {
    (void)the;
}

void fxQueuePromiseJobs(txMachine *the) {
    the->promiseJobs = 1;
}

xsMachine *machine_create(const HostLimits *given) {
    limits = *given;
    xsCreation creation = {
        .initialChunkSize = 512 * 1024,
        .incrementalChunkSize = 128 * 1024,
        .initialHeapCount = 16 * 1024,
        .incrementalHeapCount = 1024,
        .stackCount = mxStackIndexCount + LoadingStack + limits.stackCount,
        .initialKeyCount = 4096,
        .incrementalKeyCount = 1024,
        .nameModulo = 1993,
        .symbolModulo = 127,
        .parserBufferSize = 64 * 1024,
        .parserTableModulo = 1993,
    };
    /* Math.random() is rand(): two phones started together must not draw the same numbers. */
    srand(host_seed());
    xsMachine *the = fxCreateMachine(&creation, "linnet", NULL, XS_NO_ID);
    if (the) {
        stackAllocated = the->stackBottom;
        stackBase = the->stack;
        fxCollectGarbage(the);
        empty.slots = (uint32_t)the->currentHeapCount;
        empty.chunks = (uint32_t)the->currentChunksSize;
    }
    return the;
}

void machine_delete(xsMachine *the) {
    the->stackBottom = stackAllocated;
    fxDeleteMachine(the);
}

/* Frames of the running JavaScript, without touching the heap: for when there is none left. */
static void print_frames(txMachine *the) {
    txSlot *frame = the->frame;
    int most = 16;
    while (frame && frame->next && most--) {
        txSlot *environment = mxFrameToEnvironment(frame);
        txSlot *function = frame + 3;
        const char *name = "";
        if (!(frame->flag & XS_C_FLAG) && function->kind == XS_REFERENCE_KIND) {
            function = function->value.reference;
            if (mxIsFunction(function)) {
                txSlot *property = mxBehaviorGetProperty(the, function, mxID(_name), 0, XS_OWN);
                if (property && (property->kind == XS_STRING_KIND || property->kind == XS_STRING_X_KIND))
                    name = property->value.string;
            }
            const char *file = environment->ID != XS_NO_ID ? fxGetKeyName(the, environment->ID) : "?";
            fprintf(stderr, " at %s (%s:%d)\n", name, file, (int)environment->value.environment.line);
        }
        frame = frame->next;
    }
}

static void print_exception(txMachine *the) {
    mxTry(the) {
        mxPush(mxException);
        if (mxIsReference(the->stack)) {
            txSlot *error = the->stack->value.reference->next;
            if (error && error->kind == XS_ERROR_KIND) {
                fxGetID(the, mxID(_stack));
            }
        }
        fprintf(stderr, "linnet: uncaught %s\n", fxToString(the, the->stack));
        mxPop();
    }
    mxCatch(the) {
        fprintf(stderr, "linnet: uncaught exception that cannot be shown\n");
    }
}

static void print_exhausted(txMachine *the) {
    if (the->freeHeap == NULL) {
        fprintf(stderr, "linnet: slot heap exhausted: all %d slots (%d octets) above the loaded modules are in use\n",
                limits.slotCount, limits.slotCount * (int)sizeof(txSlot));
    } else {
        fprintf(stderr, "linnet: chunk heap exhausted: %d of %d octets above the loaded modules are in use\n",
                (int)the->currentChunksSize - (int)baseline.chunks, limits.chunkBytes);
    }
    print_frames(the);
}

/* The engine gives one reason for both stacks: the one under C has a limit that we are then below. */
static bool is_native_overflow(txMachine *the) {
    return (char *)__builtin_frame_address(0) <= the->stackLimit;
}

static void print_overflow(txMachine *the) {
    if (is_native_overflow(the))
        fprintf(stderr, "linnet: native stack exhausted: calls nested too deep in C\n");
    else
        fprintf(stderr, "linnet: stack exhausted: %d slots\n", limits.stackCount);
}

/* The engine's end of all hope. It can come again from inside while something is being printed: then it just ends. */
void fxAbort(txMachine *the, int reason) {
    static bool aborting = false;
    int status = HOST_FATAL;
    if (aborting)
        _exit(HOST_FATAL);
    aborting = true;
    abort_leave(the, reason == XS_STACK_OVERFLOW_EXIT && is_native_overflow(the) ? ABORT_NATIVE_STACK : reason);
    switch (reason) {
    case XS_NOT_ENOUGH_MEMORY_EXIT:
        status = HOST_EXHAUSTED;
        print_exhausted(the);
        break;
    case XS_STACK_OVERFLOW_EXIT:
        status = HOST_EXHAUSTED;
        print_overflow(the);
        print_frames(the);
        break;
    case XS_NO_MORE_KEYS_EXIT:
        status = HOST_EXHAUSTED;
        fprintf(stderr, "linnet: keys exhausted: %d new property names above the loaded modules\n", limits.keyCount);
        print_frames(the);
        break;
    case XS_UNHANDLED_EXCEPTION_EXIT:
    case XS_UNHANDLED_REJECTION_EXIT:
        status = HOST_EXCEPTION;
        print_exception(the);
        break;
    default:
        fprintf(stderr, "linnet: the engine gave up (reason %d)\n", reason);
        break;
    }
    machine_report(the);
    fflush(stdout);
    update_ended(status);
    _exit(status);
}

void machine_settle(xsMachine *the) {
    while (the->promiseJobs) {
        the->promiseJobs = 0;
        fxBeginHost(the);
        fxRunPromiseJobs(the);
        fxEndHost(the);
    }
    if (mxUnhandledPromises.value.reference->next)
        fxCheckUnhandledRejections(the, 1);
}

void machine_call(xsMachine *machine, xsSlot *function, xsSlot *self, int count, xsSlot *first, xsSlot *second) {
    xsBeginHost(machine);
    {
        mxTry(the) {
            mxOverflow(-8);
            mxPushSlot(self);
            mxPushSlot(function);
            mxCall();
            if (count > 0)
                mxPushSlot(first);
            if (count > 1)
                mxPushSlot(second);
            mxRunCount(count);
            mxPop();
        }
        mxCatch(the) {
            fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT);
        }
    }
    xsEndHost(machine);
    machine_settle(machine);
}

static void import_rejected(xsMachine *the) {
    mxException = *mxArgv(0);
    fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT);
}

static void import_fulfilled(xsMachine *the) {
    (void)the;
}

/* Imports the entry module, which fixes the limits when everything is loaded and before `main` runs. */
void machine_run_main(xsMachine *machine) {
    xsBeginHost(machine);
    {
        fxNewHostObject(the, NULL);
        fxSetHostData(the, the->stack, &collections);
        fxSetHostHooks(the, the->stack, (const txHostHooks *)&collectionHooks);
        collectionObject = *the->stack;
        fxRemember(the, &collectionObject);
        mxPop();

        txSlot *realm = mxModuleInstanceInternal(mxProgram.value.reference)->value.module.realm;
        mxPushStringC("host:entry");
        fxRunImport(the, realm, XS_NO_ID);
        mxDub();
        fxGetID(the, mxID(_then));
        mxCall();
        fxNewHostFunction(the, import_fulfilled, 1, XS_NO_ID, XS_NO_ID);
        fxNewHostFunction(the, import_rejected, 1, XS_NO_ID, XS_NO_ID);
        mxRunCount(2);
        mxPop();
    }
    xsEndHost(machine);
    machine_settle(machine);
}

static void fix_chunks(txMachine *the) {
    for (txBlock *block = the->firstBlock; block; block = block->nextBlock)
        block->limit = block->current;
    txBlock *block = fxAllocateChunks(the, (txSize)sizeof(txBlock) + limits.chunkBytes);
    if (!block)
        fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
    block->nextBlock = the->firstBlock;
    block->current = (txByte *)block + sizeof(txBlock);
    block->limit = block->current + limits.chunkBytes;
    block->temporary = NULL;
    the->firstBlock = block;
    the->maximumChunksSize = the->currentChunksSize + limits.chunkBytes;
    the->minimumChunksSize = 0;
}

static int count_free_slots(txMachine *the) {
    int count = 0;
    for (txSlot *slot = the->freeHeap; slot; slot = slot->next)
        count++;
    return count;
}

static void fix_slots(txMachine *the) {
    extern void fxGrowSlots(txMachine * the, txSize count);
    int count = count_free_slots(the);
    if (count < limits.slotCount)
        fxGrowSlots(the, limits.slotCount - count + 1);
    txSlot *instance = fxNewInstance(the);
    pinned = *the->stack;
    fxRemember(the, &pinned);
    mxPop();
    /* the instance itself took one slot; more only when loading left more than the limit */
    for (count = count_free_slots(the); count > limits.slotCount; count--) {
        txSlot *slot = fxNewSlot(the);
        slot->flag = XS_INTERNAL_FLAG;
        slot->next = instance->next;
        instance->next = slot;
    }
    if (count < limits.slotCount)
        fxGrowSlots(the, limits.slotCount - count + 1);
    the->minimumHeapCount = 0;
}

static void fix_stack(txMachine *the) {
    txSlot *bottom = stackBase - limits.stackCount;
    if (bottom >= the->stack)
        fxAbort(the, XS_STACK_OVERFLOW_EXIT);
    the->stackBottom = bottom;
    memset(bottom, StackPaint, (size_t)((char *)the->stack - (char *)bottom));
}

/* Native of the entry module: called once, when every module is loaded and those that preload have run. */
void xs_host_seal(xsMachine *the) {
    fxCollectGarbage(the);
    fix_chunks(the);
    fix_slots(the);
    fix_stack(the);
    the->keyCount = the->keyIndex + (txID)limits.keyCount;
    the->keyArray = realloc(the->keyArray, (size_t)(the->keyCount - the->keyOffset) * sizeof(txSlot *));
    if (!the->keyArray)
        fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
    the->keyDelta = 0;
    the->peakHeapCount = the->currentHeapCount;
    the->peakChunksSize = the->currentChunksSize;
    collections = 0;
    baseline.slots = (uint32_t)the->currentHeapCount;
    baseline.chunks = (uint32_t)the->currentChunksSize;
    brood_sit();
}

/*
 * How deep the stack has been: from its top down to the first run of slots that still bear the paint. Not up from the
 * bottom, because the engine keeps the states of regular expressions there for a while.
 */
static uint32_t stack_peak(txMachine *the) {
    static const unsigned char paint[sizeof(txSlot)] = {[0 ... sizeof(txSlot) - 1] = StackPaint};
    int run = 0;
    txSlot *slot = the->stack;
    while (slot > the->stackBottom && run < PaintedRun) {
        slot--;
        /* Octets of paint are what is looked for. NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-*) */
        run = memcmp(slot, paint, sizeof(paint)) == 0 ? run + 1 : 0;
    }
    return (uint32_t)(stackBase - slot - run);
}

void machine_figures(xsMachine *the, HostFigures *figures) {
    figures->slots = (uint32_t)the->currentHeapCount;
    figures->slotsPeak = (uint32_t)the->peakHeapCount;
    figures->slotsLimit = (uint32_t)limits.slotCount;
    figures->chunks = (uint32_t)the->currentChunksSize;
    figures->chunksPeak = (uint32_t)the->peakChunksSize;
    figures->chunksLimit = (uint32_t)limits.chunkBytes;
    figures->stackPeak = stack_peak(the);
    figures->stackLimit = (uint32_t)limits.stackCount;
    figures->collections = collections;
    figures->baselineSlots = baseline.slots;
    figures->baselineChunks = baseline.chunks;
    figures->slotSize = sizeof(txSlot);
    figures->emptySlots = empty.slots;
    figures->emptyChunks = empty.chunks;
}

void machine_set_report(const char *path) {
    reportPath = path;
}

void machine_report(xsMachine *the) {
    if (!reportPath)
        return;
    HostFigures now;
    machine_figures(the, &now);
    FILE *file = strcmp(reportPath, "-") ? fopen(reportPath, "w") : stdout;
    if (!file) {
        fprintf(stderr, "linnet: cannot write the report to %s: %s\n", reportPath, strerror(errno));
        return;
    }
    fprintf(file,
            "{\"type\":\"heap\",\"bits\":%d,\"slotSize\":%u,\"slots\":%u,\"slotsPeak\":%u,\"slotsLimit\":%u,"
            "\"chunks\":%u,\"chunksPeak\":%u,\"chunksLimit\":%u,\"stackPeak\":%u,\"stackLimit\":%u,\"collections\":%u,"
            "\"baseline\":{\"slots\":%u,\"chunks\":%u}}\n",
            (int)sizeof(void *) * 8, now.slotSize, now.slots, now.slotsPeak, now.slotsLimit, now.chunks, now.chunksPeak,
            now.chunksLimit, now.stackPeak, now.stackLimit, now.collections, now.baselineSlots, now.baselineChunks);
    if (file == stdout)
        fflush(stdout);
    else
        fclose(file);
}
