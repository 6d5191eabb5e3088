/*
 * Messages of data between services and phone: XML objects to the phone and what it answers. CallManager sends long ones in
 * parts from version 17 on.
 */
import { Direction, Kind, layout, message } from "sccp/message";

const { toCallAgent, toPhone } = Direction;
const { text } = Kind;

const userData = Object.freeze({
	applicationId: 0,
	lineInstance: 4,
	callReference: 8,
	transactionId: 12,
	dataLength: 16,
	data: 20,
});
const userDataVersion1 = Object.freeze({
	applicationId: 0,
	lineInstance: 4,
	callReference: 8,
	transactionId: 12,
	dataLength: 16,
	/** 0 first, 1 middle, 2 last or only part. */
	sequenceFlag: 20,
	displayPriority: 24,
	conferenceId: 28,
	appInstanceID: 32,
	routingID: 36,
	data: 40,
});
const userDataKinds = Object.freeze({ data: text + 2000 });
export const UserToDeviceData = message(
	0x011e,
	"UserToDeviceData",
	toPhone,
	layout(0, userData, { needs: 20, kinds: userDataKinds }),
);
/** A long object comes in parts. */
export const UserToDeviceDataVersion1 = message(
	0x013f,
	"UserToDeviceDataVersion1",
	toPhone,
	layout(0, userDataVersion1, { needs: 40, kinds: userDataKinds }),
);
/** What a user does with an object. The payload is as long as its data; `size` counts the fields before it. */
export const DeviceToUserData = message(
	0x002e,
	"DeviceToUserData",
	toCallAgent,
	layout(0, userData, { size: 20, kinds: userDataKinds }),
);
/** What an object that was pushed is answered. */
export const DeviceToUserDataResponse = message(
	0x002f,
	"DeviceToUserDataResponse",
	toCallAgent,
	layout(0, userData, { size: 20, kinds: userDataKinds }),
);
/** As {@link DeviceToUserData}, the answer to objects of {@link UserToDeviceDataVersion1}. */
export const DeviceToUserDataVersion1 = message(
	0x0041,
	"DeviceToUserDataVersion1",
	toCallAgent,
	layout(0, userDataVersion1, { size: 40, kinds: userDataKinds }),
);
/** The answer to {@link UserToDeviceDataVersion1}. */
export const DeviceToUserDataResponseVersion1 = message(
	0x0042,
	"DeviceToUserDataResponseVersion1",
	toCallAgent,
	layout(0, userDataVersion1, { size: 40, kinds: userDataKinds }),
);
