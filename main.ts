/*
 * A phone on this body's hardware.
 */
import { DeskPhone } from "app/deskphone";
import { hardware } from "hal/body";

new DeskPhone(hardware).start();
