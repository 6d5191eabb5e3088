/*
 * UserToDeviceData in both forms: hands pushed objects on and answers each, as Cisco's phones do, with an object of its own.
 */
import type { Phone } from "phone/phone";
import { Part, PushAnswer } from "phone/pushed";
import {
	DeviceToUserDataResponse,
	DeviceToUserDataResponseVersion1,
	UserToDeviceData,
	UserToDeviceDataVersion1,
} from "sccp/messages-data";
import type { Reader } from "sccp/reader";

const taken = '<CiscoIPPhoneResponse><ResponseItem Status="0" Data="Success" URL=""/></CiscoIPPhoneResponse>';
/** By the number of the error. */
const errors: readonly string[] = Object.freeze([
	"",
	'<CiscoIPPhoneError Number="1"/>',
	'<CiscoIPPhoneError Number="2"/>',
	'<CiscoIPPhoneError Number="3"/>',
]);

export function userToDevice(this: Phone, reader: Reader): void {
	const from = UserToDeviceData.layout(reader.version, reader.length);
	const application = reader.u32(from.applicationId);
	const line = reader.u32(from.lineInstance);
	const reference = reader.u32(from.callReference);
	const transaction = reader.u32(from.transactionId);
	const answer = this.pushed.part(
		Part.last,
		application,
		line,
		reference,
		transaction,
		reader.octets,
		reader.place(from.data),
		reader.u32(from.dataLength),
		reader.length - from.data,
	);
	const text = answer === PushAnswer.ok ? taken : (errors[answer] as string);
	const at = this.stimuli.begin(DeviceToUserDataResponse, room(text));
	const { writer } = this.stimuli;
	writer.u32(at.applicationId, application);
	writer.u32(at.lineInstance, line);
	writer.u32(at.callReference, reference);
	writer.u32(at.transactionId, transaction);
	writer.u32(at.dataLength, text.length);
	writer.text(at.data, room(text), text);
	this.stimuli.finish();
}

export function userToDeviceVersion1(this: Phone, reader: Reader): void {
	const from = UserToDeviceDataVersion1.layout(reader.version, reader.length);
	const application = reader.u32(from.applicationId);
	const line = reader.u32(from.lineInstance);
	const reference = reader.u32(from.callReference);
	const transaction = reader.u32(from.transactionId);
	const answer = this.pushed.part(
		reader.u32(from.sequenceFlag),
		application,
		line,
		reference,
		transaction,
		reader.octets,
		reader.place(from.data),
		reader.u32(from.dataLength),
		reader.length - from.data,
	);
	if (answer === PushAnswer.none) return;
	const conference = reader.u32(from.conferenceId);
	const instance = reader.u32(from.appInstanceID);
	const route = reader.u32(from.routingID);
	const priority = reader.u32(from.displayPriority);
	const text = answer === PushAnswer.ok ? taken : (errors[answer] as string);
	const at = this.stimuli.begin(DeviceToUserDataResponseVersion1, room(text));
	const { writer } = this.stimuli;
	writer.u32(at.applicationId, application);
	writer.u32(at.lineInstance, line);
	writer.u32(at.callReference, reference);
	writer.u32(at.transactionId, transaction);
	writer.u32(at.dataLength, text.length);
	writer.u32(at.sequenceFlag, Part.last);
	writer.u32(at.displayPriority, priority);
	writer.u32(at.conferenceId, conference);
	writer.u32(at.appInstanceID, instance);
	writer.u32(at.routingID, route);
	writer.text(at.data, room(text), text);
	this.stimuli.finish();
}

/** Octets for a text and a NUL, in whole words: data that ends a message is filled up. */
function room(text: string): number {
	return (text.length + 4) & ~3;
}
