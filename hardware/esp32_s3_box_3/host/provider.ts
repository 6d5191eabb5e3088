/*
 * ECMA-419 host provider: the kinds of I/O that the board's drivers use. Which pins they are on says the board's description.
 */
import Digital from "embedded:io/digital";
import PWM from "embedded:io/pwm";
import SMBus from "embedded:io/smbus";

export default {
	io: { Digital, PWM, SMBus },
};
