/*
 * Modules by specifier, from the map that the build makes of manifest.json. Code is kept outside the XS heap and its
 * literals are used in place, as in the device's flash: evaluating a string literal makes no garbage on either.
 */
#include "xsAll.h"
#include "xsScript.h"
#include "host.h"

#include <libgen.h>
#include <limits.h>

typedef struct HostCode {
    struct HostCode *next;
    txByte *code;
} HostCode;

static HostModule *modules;
static HostModule **last = &modules;
static HostCode *codes;
static char *trusted;

static char *duplicate(const char *text) {
    char *copy = strdup(text);
    if (!copy)
        abort();
    return copy;
}

static void add_module(const char *specifier, const char *path, const char *source, const char *text) {
    HostModule *module = calloc(1, sizeof(HostModule));
    if (!module)
        abort();
    module->specifier = duplicate(specifier);
    module->path = path ? duplicate(path) : NULL;
    module->source = duplicate(source);
    module->text = text ? duplicate(text) : NULL;
    *last = module;
    last = &module->next;
}

static HostModule *find_module(const char *specifier) {
    for (HostModule *module = modules; module; module = module->next)
        if (!strcmp(module->specifier, specifier))
            return module;
    return NULL;
}

void modules_free(void) {
    while (modules) {
        HostModule *module = modules;
        modules = module->next;
        free(module->specifier);
        free(module->path);
        free(module->source);
        free(module->text);
        free(module);
    }
    while (codes) {
        HostCode *code = codes;
        codes = code->next;
        free(code->code);
        free(code);
    }
    last = &modules;
    free(trusted);
    trusted = NULL;
}

const char *modules_trusted(void) {
    return trusted ? trusted : "";
}

/* A number of a map; 0 when it is none, or too large for one. */
static int count_of(const char *text) {
    char *end;
    long number = strtol(text, &end, 10);
    return *end == 0 && number > 0 && number <= INT_MAX ? (int)number : 0;
}

/*
 * A line is words with tabs between: "creation chunk slots stack keys", "module specifier file source", "preload
 * specifier", "trust keys". Files are relative to the map's own folder; `source` is the name that stacks show.
 */
bool modules_read(const char *path, HostLimits *limits) {
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "linnet: cannot read the module map %s: %s\n", path, strerror(errno));
        return false;
    }
    char folder[PATH_MAX], line[PATH_MAX * 2], full[PATH_MAX * 2];
    snprintf(folder, sizeof(folder), "%s", path);
    const char *base = dirname(folder);
    int number = 0;
    while (fgets(line, sizeof(line), file)) {
        char *rest = line, *words[5] = {NULL};
        int count = 0;
        number++;
        line[strcspn(line, "\n")] = 0;
        while (count < 5 && (words[count] = strsep(&rest, "\t")))
            count++;
        if (count == 5 && !strcmp(words[0], "creation")) {
            limits->chunkBytes = count_of(words[1]);
            limits->slotCount = count_of(words[2]);
            limits->stackCount = count_of(words[3]);
            limits->keyCount = count_of(words[4]);
        } else if (count == 4 && !strcmp(words[0], "module")) {
            snprintf(full, sizeof(full), words[2][0] == '/' ? "%.0s%s" : "%s/%s", base, words[2]);
            add_module(words[1], full, debugger_path(base, words[3], full), NULL);
        } else if (count == 2 && !strcmp(words[0], "preload") && find_module(words[1])) {
            find_module(words[1])->preload = true;
        } else if (count == 2 && !strcmp(words[0], "trust") && !trusted) {
            trusted = duplicate(words[1]);
        } else {
            fprintf(stderr, "linnet: %s:%d is no line of a module map\n", path, number);
            fclose(file);
            return false;
        }
    }
    fclose(file);
    return true;
}

/* Adds to the text of the entry module, or only counts how long it gets while there is no room for it yet. */
static size_t add_import(char *text, size_t length, const char *specifier) {
    const char *parts[] = {"import \"", specifier, "\";"};
    for (int part = 0; part < 3; part++) {
        size_t count = strlen(parts[part]);
        if (text)
            memcpy(text + length, parts[part], count + 1);
        length += count;
    }
    return length;
}

const char *modules_entry(const char *main) {
    char *text = NULL;
    for (int round = 0; round < 2; round++) {
        size_t length = 0;
        for (HostModule *module = modules; module; module = module->next)
            if (module->preload)
                length = add_import(text, length, module->specifier);
        length = add_import(text, length, "host:seal");
        length = add_import(text, length, main);
        if (!text && !(text = malloc(length + 1)))
            abort();
    }
    add_module("host:entry", NULL, "host:entry", text);
    add_module("host:seal", NULL, "host:seal", "native(\"xs_host_seal\").call(globalThis);\n");
    free(text);
    return "host:entry";
}

/* Joins a relative specifier to that of the importing module; `result` may shrink but never grows past `size`. */
static bool join_specifier(const char *importer, const char *name, char *result, size_t size) {
    snprintf(result, size, "%s", importer);
    char *slash = strrchr(result, '/');
    int length = slash ? (int)(slash - result) : 0;
    while (name[0] == '.') {
        if (name[1] == '/') {
            name += 2;
        } else if (name[1] == '.' && name[2] == '/') {
            while (length > 0 && result[--length] != '/')
                ;
            name += 3;
        } else {
            break;
        }
    }
    length += snprintf(result + length, size - (size_t)length, length ? "/%s" : "%s", name);
    if ((size_t)length >= size)
        return false;
    if (length > 3 && !strcmp(result + length - 3, ".js"))
        result[length - 3] = 0;
    return true;
}

txID fxFindModule(txMachine *the, txSlot *realm, txID moduleID, txSlot *slot) {
    char name[PATH_MAX], joined[PATH_MAX * 2];
    (void)realm;
    fxToStringBuffer(the, slot, name, sizeof(name));
    const char *specifier = name;
    if (name[0] == '.' && moduleID != XS_NO_ID) {
        if (!join_specifier(fxGetKeyName(the, moduleID), name, joined, sizeof(joined)))
            return XS_NO_ID;
        specifier = joined;
    }
    return find_module(specifier) ? fxNewNameC(the, (txString)specifier) : XS_NO_ID;
}

static txScript *parse_module(txMachine *the, HostModule *module) {
    txParser parser;
    txParserJump jump;
    txScript *volatile script = NULL;
    FILE *volatile file = NULL;
    FILE *volatile map = NULL;
    txString name = NULL;
    char path[PATH_MAX * 2];
    fxInitializeParser(&parser, the, the->parserBufferSize, the->parserTableModulo);
    parser.firstJump = &jump;
    file = module->text ? fmemopen(module->text, strlen(module->text), "r") : host_open(module->path);
    if (module->path) {
        snprintf(path, sizeof(path), "%s.map", module->path);
        map = host_open(path);
    }
    if (file && c_setjmp(jump.jmp_buf) == 0) {
        /* lines go through the source map wherever a node's path is not yet the one that stacks show */
        parser.path = fxNewParserSymbol(&parser, map ? module->path : module->source);
        fxParserTree(&parser, file, (txGetter)fgetc, mxDebugFlag, &name);
        if (map && name)
            fxParserSourceMap(&parser, map, (txGetter)fgetc, mxDebugFlag, &name);
        if (map)
            parser.path = fxNewParserSymbol(&parser, module->source);
        fxParserHoist(&parser);
        fxParserBind(&parser);
        script = fxParserCode(&parser);
    }
    if (file)
        fclose(file);
    if (map)
        fclose(map);
    fxTerminateParser(&parser);
    return script;
}

/* Ends the machine, which does not come back. */
static _Noreturn void out_of_memory(txMachine *the) {
    fxAbort(the, XS_NOT_ENOUGH_MEMORY_EXIT);
    abort();
}

/* Numbers a script's names in the machine, and turns literals and functions to their in-place opcodes. */
static void settle_code(txMachine *the, txScript *script) {
    txByte *symbols = script->symbolsBuffer;
    txID count;
    mxDecodeID(symbols, count);
    txID *ids = calloc(count, sizeof(txID));
    if (!ids)
        out_of_memory(the);
    ids[0] = XS_NO_ID;
    for (txID index = 1; index < count; index++) {
        ids[index] = fxNewNameC(the, (txString)symbols);
        symbols += strlen((char *)symbols) + 1;
    }
    extern void fxRemapIDs(txMachine * the, txByte * code, txSize size, txID * ids);
    fxRemapIDs(the, script->codeBuffer, script->codeSize, ids);
    free(ids);

    txByte *at = script->codeBuffer, *end = at + script->codeSize;
    while (at < end) {
        switch (*(txU1 *)at) {
        case XS_CODE_STRING_1:
            *(txU1 *)at = XS_CODE_STRING_ARCHIVE_1;
            break;
        case XS_CODE_STRING_2:
            *(txU1 *)at = XS_CODE_STRING_ARCHIVE_2;
            break;
        case XS_CODE_STRING_4:
            *(txU1 *)at = XS_CODE_STRING_ARCHIVE_4;
            break;
        case XS_CODE_CODE_1:
            *(txU1 *)at = XS_CODE_CODE_ARCHIVE_1;
            break;
        case XS_CODE_CODE_2:
            *(txU1 *)at = XS_CODE_CODE_ARCHIVE_2;
            break;
        case XS_CODE_CODE_4:
            *(txU1 *)at = XS_CODE_CODE_ARCHIVE_4;
            break;
        }
        txS1 size = gxCodeSizes[*(txU1 *)at];
        if (size > 0) {
            at += size;
        } else if (size == 0) {
            at += 1 + sizeof(txID);
        } else if (size == -1) {
            at += 2 + *(txU1 *)(at + 1);
        } else if (size == -2) {
            txU2 length;
            at++;
            mxDecode2(at, length);
            at += length;
        } else {
            txS4 length;
            at++;
            mxDecode4(at, length);
            at += length;
        }
    }
}

void fxLoadModule(txMachine *the, txSlot *module, txID moduleID) {
    HostModule *entry = find_module(fxGetKeyName(the, moduleID));
    txScript *script = parse_module(the, entry);
    if (!script)
        mxReferenceError("cannot load %s from %s", entry->specifier, entry->path);
    HostCode *code = calloc(1, sizeof(HostCode));
    if (!code)
        out_of_memory(the);
    code->code = script->codeBuffer;
    code->next = codes;
    codes = code;
    settle_code(the, script);
    txScript settled = *script;
    settled.symbolsBuffer = NULL;
    settled.symbolsSize = 0;
    script->codeBuffer = NULL;
    fxDeleteScript(script);
    fxResolveModule(the, module, moduleID, &settled, NULL, NULL);
}
