/*
 * Natives of update.ts: loads by esp_ota into the two slots of the partition table. Who signed a load, for what and
 * when is signed_load.h's to say, before a slot is touched; the image's own checks (chip, segments, SHA-256) are
 * esp_ota_end's; going back to the load before is the bootloader's (CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE). Called by
 * the XS task only. Of ESP-IDF the SDK's build reaches the folder of all components, and the folders of some: these two
 * headers are named from the first.
 */
#include <string.h>

#include "app_update/include/esp_ota_ops.h"
#include "esp_system.h"
#include "nvs_flash/include/nvs.h"
#include "signed_load.h"
#include "xsmc.h"

/*
 * What outlives a restart: that a roll-back has been told of, since the slot looks the same until its next load; the
 * least counter that a load may have; and the counter of the load in the other slot, which becomes that when it is
 * confirmed.
 */
#define NOTES "linnet.load"
#define TOLD "told"
#define LEAST "least"
#define TRIED "tried"

/* The slot being written, NULL when none is; its handle is open until it is whole. */
static struct {
    const esp_partition_t *partition;
    esp_ota_handle_t handle;
    bool open;
} written;

/* The load on its way; it has come in part while `coming`. */
static struct signed_load load;
static bool coming;

/* Notes whether a roll-back has been told of; true when that is another word than before. */
static bool note_told(bool told) {
    nvs_handle_t notes;
    uint8_t before = 0;

    if (ESP_OK != nvs_open(NOTES, NVS_READWRITE, &notes))
        return told;
    nvs_get_u8(notes, TOLD, &before);
    if (before != told && ESP_OK == nvs_set_u8(notes, TOLD, told))
        nvs_commit(notes);
    nvs_close(notes);
    return before != told;
}

static uint32_t read_note(const char *name) {
    nvs_handle_t notes;
    uint32_t value = 0;

    if (ESP_OK != nvs_open(NOTES, NVS_READONLY, &notes))
        return 0;
    if (ESP_OK != nvs_get_u32(notes, name, &value))
        value = 0;
    nvs_close(notes);
    return value;
}

/* Keeps a number; false when it is not there afterwards. Flash is written only where that changes something. */
static bool write_note(const char *name, uint32_t value) {
    nvs_handle_t notes;

    if (read_note(name) == value)
        return true;
    if (ESP_OK != nvs_open(NOTES, NVS_READWRITE, &notes))
        return false;
    bool good = ESP_OK == nvs_set_u32(notes, name, value) && ESP_OK == nvs_commit(notes);
    nvs_close(notes);
    return good;
}

static bool state_is(const esp_partition_t *partition, esp_ota_img_states_t wanted) {
    esp_ota_img_states_t state;

    return partition && ESP_OK == esp_ota_get_state_partition(partition, &state) && state == wanted;
}

/*
 * Whether the load that runs gives way to the one before unless it is confirmed. It waits for that (PENDING_VERIFY), or
 * was given up already while it came up (ABORTED): a chip that is reset once more between bootloader and application
 * counts two starts, as Espressif's emulator was seen to do when its second core ran through the bootloader as well.
 */
static bool on_trial(void) {
    const esp_partition_t *running = esp_ota_get_running_partition();

    return state_is(running, ESP_OTA_IMG_PENDING_VERIFY) || state_is(running, ESP_OTA_IMG_ABORTED);
}

static void forget(void) {
    if (written.open)
        esp_ota_abort(written.handle);
    memset(&written, 0, sizeof(written));
    signed_load_forget(&load);
    coming = false;
}

/* The slot that loads go into, NULL where there is none. */
static const esp_partition_t *other_slot(void) {
    const esp_partition_t *partition = esp_ota_get_next_update_partition(NULL);

    return partition == esp_ota_get_running_partition() ? NULL : partition;
}

/* The least counter that a load may have: that of those that were confirmed, and the running load's own. */
static uint32_t least_counter(uint32_t own) {
    uint32_t least = read_note(LEAST);

    return least < own ? own : least;
}

/* (name, board, trusted keys, own counter, size or -1): "" or why there can be no load. */
void xs_update_begin(xsMachine *the) {
    struct signed_load_terms *terms = &load.terms;
    xsNumberValue size = xsmcToNumber(xsArg(4));
    const esp_partition_t *partition = other_slot();

    forget();
    xsmcToStringBuffer(xsArg(0), terms->name, sizeof(terms->name));
    xsmcToStringBuffer(xsArg(1), terms->board, sizeof(terms->board));
    terms->key_count = signed_load_keys(xsmcToString(xsArg(2)), terms->keys);
    terms->least = least_counter((uint32_t)xsmcToNumber(xsArg(3)));
    if (!partition || size > (xsNumberValue)partition->size + SIGNED_LOAD_HEADER) {
        xsmcSetString(xsResult, "there is no room for it");
        return;
    }
    /* It would take the slot of the one that this one makes way for: ESP-IDF opens none, either. */
    if (on_trial()) {
        xsmcSetString(xsResult, "the one that runs is on its trial");
        return;
    }
    terms->most = partition->size;
    signed_load_begin(&load);
    coming = true;
    xsmcSetString(xsResult, "");
}

static const char no_image[] = "it is no whole image for this chip";

/* Puts content into the slot, which is opened when the first of it comes: its header holds then. */
static const char *put(const uint8_t *octets, size_t size) {
    if (!written.open) {
        const esp_partition_t *partition = other_slot();

        if (!partition || ESP_OK != esp_ota_begin(partition, OTA_WITH_SEQUENTIAL_WRITES, &written.handle))
            return "its slot cannot be opened";
        written.partition = partition;
        written.open = true;
    }
    esp_err_t error = esp_ota_write(written.handle, octets, size);

    if (ESP_ERR_OTA_VALIDATE_FAILED == error)
        return no_image;
    return ESP_OK == error ? "" : "it cannot be written";
}

static const char *take(const uint8_t *octets, size_t size) {
    size_t content = 0;
    const char *problem = coming ? signed_load_take(&load, octets, size, &content) : "nothing was begun";

    if (problem[0] || content == size)
        return problem;
    return put(octets + content, size - content);
}

/* (octets): "" or why the load is refused. */
void xs_update_write(xsMachine *the) {
    void *data;
    xsUnsignedValue size;

    xsmcGetBufferReadable(xsArg(0), &data, &size);
    xsmcSetString(xsResult, (char *)take(data, size));
}

static const char *finish(void) {
    const char *problem = coming ? signed_load_end(&load) : "nothing was begun";
    esp_err_t error;

    coming = false;
    if (problem[0])
        return problem;
    written.open = false;
    error = esp_ota_end(written.handle);
    if (ESP_ERR_OTA_VALIDATE_FAILED == error)
        return no_image;
    if (ESP_OK != error)
        return esp_err_to_name(error);
    if (!write_note(TRIED, load.counter))
        return "its counter cannot be kept";
    error = esp_ota_set_boot_partition(written.partition);
    if (ESP_OK != error)
        return esp_err_to_name(error);
    note_told(false);
    return "";
}

/* "" or what is wrong with the load. */
void xs_update_finish(xsMachine *the) {
    const char *problem = finish();

    /* The reason may stand in what is forgotten. */
    xsmcSetString(xsResult, (char *)problem);
    if (problem[0])
        forget();
}

/* The next start is with the load that runs. What was chosen to start counts as new: this one is not, or a start before
 * it registers again would be with the load that is given up. */
static void stay(void) {
    if (ESP_OK == esp_ota_set_boot_partition(esp_ota_get_running_partition()))
        esp_ota_mark_app_valid_cancel_rollback();
}

void xs_update_cancel(xsMachine *the) {
    (void)the;
    if (written.partition && !written.open)
        stay();
    forget();
}

/*
 * (own counter): the load that runs stays, and nothing older comes after it. ESP-IDF confirms the load that starts
 * next: not this one when another is installed and waits for its start.
 */
void xs_update_confirm(xsMachine *the) {
    uint32_t least = (uint32_t)xsmcToNumber(xsArg(0));
    bool tried_now = on_trial();

    if (written.partition && !written.open)
        return;
    if (tried_now) {
        uint32_t tried = read_note(TRIED);

        if (least < tried)
            least = tried;
    }
    /* First, so that a power cut between the two costs a roll-back, and not what was counted. */
    if (least > read_note(LEAST))
        write_note(LEAST, least);
    if (state_is(esp_ota_get_running_partition(), ESP_OTA_IMG_ABORTED))
        stay();
    else if (tried_now)
        esp_ota_mark_app_valid_cancel_rollback();
}

/* Whether the load that runs is on trial: the next start is with the one before, unless this one is confirmed. */
void xs_update_on_trial(xsMachine *the) {
    xsmcSetBoolean(xsResult, on_trial());
}

/* Whether the last load that was tried did not register, so that this one came back; true once. */
void xs_update_rolled_back(xsMachine *the) {
    const esp_partition_t *other = esp_ota_get_next_update_partition(NULL);
    bool back = state_is(other, ESP_OTA_IMG_ABORTED) || state_is(other, ESP_OTA_IMG_INVALID);

    xsmcSetBoolean(xsResult, back && note_told(true));
}
