/*
 * The phone's body on the ESP32-S3, over the Moddable SDK. It makes the hardware's objects, so it runs at boot and is not
 * preloaded; as little as can be stands here.
 */
import { makeHardware } from "hal/esp32s3/composition";
import type { Hardware } from "hal/hardware";

export const hardware: Hardware = makeHardware();
