/*
 * UserToDeviceData in both forms: hands pushed objects on and answers each, as Cisco's phones do, with an object of its own; and
 * DeviceToUserData in both, what a user does with an object.
 */

import type { DataHead } from "base/data-head";
import type { Phone } from "phone/phone";
import { Part, PushAnswer } from "phone/pushed";
import type { Message } from "sccp/message";
import {
	DeviceToUserData,
	DeviceToUserDataResponse,
	DeviceToUserDataResponseVersion1,
	DeviceToUserDataVersion1,
	UserToDeviceData,
	UserToDeviceDataVersion1,
} from "sccp/messages-data";
import type { Reader } from "sccp/reader";
import { encodedSize } from "sccp/writer";

/** Octets of data in one message. */
const mostData = 2000;
/** By the number of the error. */
const errors: readonly string[] = Object.freeze([
	"",
	'<CiscoIPPhoneError Number="1"/>',
	'<CiscoIPPhoneError Number="2"/>',
	'<CiscoIPPhoneError Number="3"/>',
]);

export function userToDevice(this: Phone, reader: Reader): void {
	const from = UserToDeviceData.layout(reader.version, reader.length);
	begin(this, reader, from, Part.last);
	beginAnswer(this, reader, from, DeviceToUserDataResponse, handOn(this, reader, from, Part.last));
	this.stimuli.finish();
}

export function userToDeviceVersion1(this: Phone, reader: Reader): void {
	const { pushed, stimuli } = this;
	const from = UserToDeviceDataVersion1.layout(reader.version, reader.length);
	const sequence = reader.u32(from.sequenceFlag);
	const priority = reader.u32(from.displayPriority);
	const conference = reader.u32(from.conferenceId);
	const instance = reader.u32(from.appInstanceID);
	const routing = reader.u32(from.routingID);
	if (begin(this, reader, from, sequence)) {
		pushed.version1 = true;
		pushed.priority = priority;
		pushed.conference = conference;
		pushed.instance = instance;
		pushed.routing = routing;
	}
	const answer = handOn(this, reader, from, sequence);
	if (answer === PushAnswer.none) return;
	const at = beginAnswer(this, reader, from, DeviceToUserDataResponseVersion1, answer);
	const { writer } = stimuli;
	writer.u32(at.sequenceFlag, Part.last);
	writer.u32(at.displayPriority, priority);
	writer.u32(at.conferenceId, conference);
	writer.u32(at.appInstanceID, instance);
	writer.u32(at.routingID, routing);
	stimuli.finish();
}

/**
 * Tells the application that `head` names what a user has done, in the form of message that it has. @returns false where it does not go out:
 * not registered, or more than a message takes.
 */
export function sendUserData(phone: Phone, head: DataHead, data: string): boolean {
	if (encodedSize(data) > mostData) return false;
	const { application, line, reference, transaction } = head;
	if (!head.version1) {
		beginData(phone, DeviceToUserData, application, line, reference, transaction, data);
		return phone.stimuli.finish();
	}
	const at = beginData(phone, DeviceToUserDataVersion1, application, line, reference, transaction, data);
	const { writer } = phone.stimuli;
	writer.u32(at.sequenceFlag, Part.last);
	writer.u32(at.displayPriority, head.priority);
	writer.u32(at.conferenceId, head.conference);
	writer.u32(at.appInstanceID, head.instance);
	writer.u32(at.routingID, head.routing);
	return phone.stimuli.finish();
}

/** What both forms of all messages have. */
type Field = "applicationId" | "lineInstance" | "callReference" | "transactionId" | "dataLength" | "data";
type Fields = Readonly<Record<Field, number>>;

/** Notes what the message says of its data. @returns true where an object begins. */
function begin(phone: Phone, reader: Reader, from: Fields, sequence: number): boolean {
	const { pushed } = phone;
	if (!pushed.begin(sequence, reader.u32(from.applicationId), reader.u32(from.transactionId))) return false;
	pushed.line = reader.u32(from.lineInstance);
	pushed.reference = reader.u32(from.callReference);
	return true;
}

/** Hands the data of a message on. @returns a number of {@link PushAnswer}. */
function handOn(phone: Phone, reader: Reader, from: Fields, sequence: number): number {
	const length = reader.u32(from.dataLength);
	return phone.pushed.part(
		sequence,
		reader.octets,
		reader.place(from.data),
		length,
		Math.max(reader.length - from.data, 0),
	);
}

/** Begins the answer to a message, with all but what its form has of its own. @returns the offsets of its fields. */
function beginAnswer<K extends string>(
	phone: Phone,
	reader: Reader,
	from: Fields,
	message: Message<K | Field>,
	answer: number,
): Readonly<Record<K | Field, number>> {
	return beginData(
		phone,
		message,
		reader.u32(from.applicationId),
		reader.u32(from.lineInstance),
		reader.u32(from.callReference),
		reader.u32(from.transactionId),
		answer === PushAnswer.ok ? phone.pushed.answerText : (errors[answer] as string),
	);
}

/** Begins a message with data, with all but what its form has of its own. @returns the offsets of its fields. */
function beginData<K extends string>(
	phone: Phone,
	message: Message<K | Field>,
	application: number,
	line: number,
	reference: number,
	transaction: number,
	data: string,
): Readonly<Record<K | Field, number>> {
	const size = encodedSize(data);
	// data that ends a message is filled up to whole words; the crate sccp-protocol refuses a word more
	const at = phone.stimuli.begin(message, (size + 3) & ~3);
	const { writer } = phone.stimuli;
	writer.u32(at.applicationId, application);
	writer.u32(at.lineInstance, line);
	writer.u32(at.callReference, reference);
	writer.u32(at.transactionId, transaction);
	writer.u32(at.dataLength, size);
	writer.data(at.data, size, data);
	return at;
}
