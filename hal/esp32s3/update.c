/*
 * Natives of update.ts: loads by esp_ota into the two slots of the partition table. The image's own checks (chip,
 * segments, SHA-256) are esp_ota_end's; going back to the load before is the bootloader's
 * (CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE). Type-checked against ESP-IDF v6.0; it has not run on hardware. Called by the
 * XS task only.
 */
#include <string.h>

#include "esp_ota_ops.h"
#include "esp_system.h"
#include "xsmc.h"

/* The slot being written, NULL when none is; its handle is open until it is whole. */
static struct {
    const esp_partition_t *partition;
    esp_ota_handle_t handle;
    bool open;
} written;

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
    return ESP_OK == error ? "" : esp_err_to_name(error);
}

/* '' or what is wrong with the image. */
void xs_update_finish(xsMachine *the) {
    const char *problem = finish();

    if (problem[0])
        forget();
    xsmcSetString(xsResult, (char *)problem);
}

/* The next start is with the load that runs. */
void xs_update_cancel(xsMachine *the) {
    (void)the;
    if (written.partition && !written.open)
        esp_ota_set_boot_partition(esp_ota_get_running_partition());
    forget();
}

void xs_update_confirm(xsMachine *the) {
    (void)the;
    esp_ota_mark_app_valid_cancel_rollback();
}

/* Whether the last load that was tried did not register, so that this one came back. */
void xs_update_rolled_back(xsMachine *the) {
    const esp_partition_t *invalid = esp_ota_get_last_invalid_partition();

    xsmcSetBoolean(xsResult, invalid && invalid != esp_ota_get_running_partition());
}
