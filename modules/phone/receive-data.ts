/*
 * UserToDeviceData in both forms: hands pushed objects on and answers each, as Cisco's phones do, with an object of its own.
 */
import type { Phone } from "phone/phone";
import { Part, PushAnswer } from "phone/pushed";
import type { Message } from "sccp/message";
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
	const answer = handOn(this, reader, from, Part.last);
	beginAnswer(this, reader, from, DeviceToUserDataResponse, answer);
	this.stimuli.finish();
}

export function userToDeviceVersion1(this: Phone, reader: Reader): void {
	const from = UserToDeviceDataVersion1.layout(reader.version, reader.length);
	const answer = handOn(this, reader, from, reader.u32(from.sequenceFlag));
	if (answer === PushAnswer.none) return;
	const at = beginAnswer(this, reader, from, DeviceToUserDataResponseVersion1, answer);
	const { writer } = this.stimuli;
	writer.u32(at.sequenceFlag, Part.last);
	writer.u32(at.displayPriority, reader.u32(from.displayPriority));
	writer.u32(at.conferenceId, reader.u32(from.conferenceId));
	writer.u32(at.appInstanceID, reader.u32(from.appInstanceID));
	writer.u32(at.routingID, reader.u32(from.routingID));
	this.stimuli.finish();
}

/** What both forms of both messages have. */
type Field = "applicationId" | "lineInstance" | "callReference" | "transactionId" | "dataLength" | "data";
type Fields = Readonly<Record<Field, number>>;

/** Hands the data of a message on. @returns a number of {@link PushAnswer}. */
function handOn(phone: Phone, reader: Reader, from: Fields, sequence: number): number {
	return phone.pushed.part(
		sequence,
		reader.u32(from.applicationId),
		reader.u32(from.lineInstance),
		reader.u32(from.callReference),
		reader.u32(from.transactionId),
		reader.octets,
		reader.place(from.data),
		reader.u32(from.dataLength),
		reader.length - from.data,
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
	const text = answer === PushAnswer.ok ? taken : (errors[answer] as string);
	const at = phone.stimuli.begin(message, room(text));
	const { writer } = phone.stimuli;
	writer.u32(at.applicationId, reader.u32(from.applicationId));
	writer.u32(at.lineInstance, reader.u32(from.lineInstance));
	writer.u32(at.callReference, reader.u32(from.callReference));
	writer.u32(at.transactionId, reader.u32(from.transactionId));
	writer.u32(at.dataLength, text.length);
	writer.text(at.data, room(text), text);
	return at;
}

/** Octets for a text and a NUL, in whole words: data that ends a message is filled up. */
function room(text: string): number {
	return (text.length + 4) & ~3;
}
