/*
 * Natives of update.ts: loads by esp_ota into the two slots of the partition table. The image's own checks (chip,
 * segments, SHA-256) are esp_ota_end's; going back to the load before is the bootloader's
 * (CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE). Called by the XS task only. Of ESP-IDF the SDK's build reaches the folder of
 * all components, and the folders of some: these two headers are named from the first.
 */
#include <string.h>

#include "app_update/include/esp_ota_ops.h"
#include "esp_system.h"
#include "nvs_flash/include/nvs.h"
#include "xsmc.h"

/* Where it is noted that a roll-back has been told of: the slot looks the same until its next load. */
#define NOTES "linnet.load"
#define TOLD "told"

/* The slot being written, NULL when none is; its handle is open until it is whole. */
static struct {
    const esp_partition_t *partition;
    esp_ota_handle_t handle;
    bool open;
} written;

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

static bool state_is(const esp_partition_t *partition, esp_ota_img_states_t wanted) {
    esp_ota_img_states_t state;

    return partition && ESP_OK == esp_ota_get_state_partition(partition, &state) && state == wanted;
}

static void forget(void) {
    if (written.open)
        esp_ota_abort(written.handle);
    memset(&written, 0, sizeof(written));
}

/* (size or -1): false where there is no second slot or it is too small. */
void xs_update_begin(xsMachine *the) {
    xsNumberValue size = xsmcToNumber(xsArg(0));
    const esp_partition_t *partition = esp_ota_get_next_update_partition(NULL);

    forget();
    xsmcSetFalse(xsResult);
    if (!partition || partition == esp_ota_get_running_partition() || size > partition->size)
        return;
    if (ESP_OK != esp_ota_begin(partition, OTA_WITH_SEQUENTIAL_WRITES, &written.handle))
        return;
    written.partition = partition;
    written.open = true;
    xsmcSetTrue(xsResult);
}

/* (octets): false when flash refuses them or they are more than the slot holds. */
void xs_update_write(xsMachine *the) {
    void *data;
    xsUnsignedValue size;

    xsmcGetBufferReadable(xsArg(0), &data, &size);
    xsmcSetBoolean(xsResult, written.open && ESP_OK == esp_ota_write(written.handle, data, size));
}

static const char *finish(void) {
    esp_err_t error;

    if (!written.open)
        return "nothing was begun";
    written.open = false;
    error = esp_ota_end(written.handle);
    if (ESP_ERR_OTA_VALIDATE_FAILED == error)
        return "it is no whole image for this chip";
    if (ESP_OK != error)
        return esp_err_to_name(error);
    error = esp_ota_set_boot_partition(written.partition);
    if (ESP_OK != error)
        return esp_err_to_name(error);
    note_told(false);
    return "";
}

/* '' or what is wrong with the image. */
void xs_update_finish(xsMachine *the) {
    const char *problem = finish();

    if (problem[0])
        forget();
    xsmcSetString(xsResult, (char *)problem);
}

/* The next start is with the load that runs. What was chosen to start counts as new: this one is not, or a start before
 * it registers again would be with the load that is given up. */
void xs_update_cancel(xsMachine *the) {
    (void)the;
    if (written.partition && !written.open && ESP_OK == esp_ota_set_boot_partition(esp_ota_get_running_partition()))
        esp_ota_mark_app_valid_cancel_rollback();
    forget();
}

/* ESP-IDF confirms the load that starts next: not this one when another is installed and waits for its start. */
void xs_update_confirm(xsMachine *the) {
    (void)the;
    if (!written.partition || written.open)
        esp_ota_mark_app_valid_cancel_rollback();
}

/* Whether the load that runs is on trial: the next start is with the one before, unless this one is confirmed. */
void xs_update_on_trial(xsMachine *the) {
    xsmcSetBoolean(xsResult, state_is(esp_ota_get_running_partition(), ESP_OTA_IMG_PENDING_VERIFY));
}

/* Whether the last load that was tried did not register, so that this one came back; true once. */
void xs_update_rolled_back(xsMachine *the) {
    const esp_partition_t *other = esp_ota_get_next_update_partition(NULL);
    bool back = state_is(other, ESP_OTA_IMG_ABORTED) || state_is(other, ESP_OTA_IMG_INVALID);

    xsmcSetBoolean(xsResult, back && note_told(true));
}
