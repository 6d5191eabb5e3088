/*
 * The answers to what a phone asks, for the list of what is still missing; what they say is the phone's business.
 */
import { ButtonQuestion } from "sccp/buttons";
import { type Handler, type Handlers, handlers } from "sccp/dispatch";
import type { AnyMessage, Message } from "sccp/message";
import {
	ButtonTemplateRes,
	FeatureStatRes,
	FeatureStatV2Res,
	ForwardStatRes,
	LineStatRes,
	LineStatV2Res,
	ServiceURLStatRes,
	ServiceURLStatV2Res,
	SoftKeySetRes,
	SoftKeyTemplateRes,
	SpeedDialStatRes,
	SpeedDialStatV2Res,
	TimeDateRes,
} from "sccp/messages";
import type { Reader } from "sccp/reader";
import { Awaited, Requests } from "station/requests";

/** A row of the table of answers. */
type Entry = readonly [AnyMessage, Handler<Requests>];

function softKeyTemplate(this: Requests): void {
	this.answered(Awaited.softKeyTemplate);
}

function softKeySet(this: Requests): void {
	this.answered(Awaited.softKeySet);
}

/** The answer to what was asked of a button, whose instance stands in `field`. */
function button<K extends string>(message: Message<K>, field: NoInfer<K>, question: number): Entry {
	function answer(this: Requests, reader: Reader): void {
		this.answeredButton(question, reader.u32(message.layout(reader.version, reader.length)[field]));
	}
	return [message, answer];
}

function forward(this: Requests, reader: Reader): void {
	const at = ForwardStatRes.layout(reader.version, reader.length);
	this.answeredForward(reader.u32(at.lineNumber));
}

function time(this: Requests): void {
	this.answered(Awaited.time);
}

/** Those functions by message, for `Dispatch`. */
export const answerHandlers: Handlers<Requests> = handlers<Requests>([
	[ButtonTemplateRes, Requests.prototype.takeButtons],
	[SoftKeyTemplateRes, softKeyTemplate],
	[SoftKeySetRes, softKeySet],
	button(LineStatRes, "lineNumber", ButtonQuestion.line),
	button(LineStatV2Res, "lineNumber", ButtonQuestion.line),
	button(SpeedDialStatRes, "speedDialNumber", ButtonQuestion.speedDial),
	button(SpeedDialStatV2Res, "speedDialNumber", ButtonQuestion.speedDial),
	button(FeatureStatRes, "featureIndex", ButtonQuestion.feature),
	button(FeatureStatV2Res, "featureIndex", ButtonQuestion.feature),
	button(ServiceURLStatRes, "serviceURLIndex", ButtonQuestion.service),
	button(ServiceURLStatV2Res, "serviceURLIndex", ButtonQuestion.service),
	[ForwardStatRes, forward],
	[TimeDateRes, time],
]);
