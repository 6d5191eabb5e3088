/*
 * The answers to what a phone asks, for the list of what is still missing; what they say is the phone's business.
 */
import { ButtonQuestion } from "sccp/buttons";
import { type Handlers, handlers } from "sccp/dispatch";
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

function softKeyTemplate(this: Requests): void {
	this.answered(Awaited.softKeyTemplate);
}

function softKeySet(this: Requests): void {
	this.answered(Awaited.softKeySet);
}

function line(this: Requests, reader: Reader): void {
	const at = LineStatRes.layout(reader.version, reader.length);
	this.answeredButton(ButtonQuestion.line, reader.u32(at.lineNumber));
}

function lineV2(this: Requests, reader: Reader): void {
	const at = LineStatV2Res.layout(reader.version, reader.length);
	this.answeredButton(ButtonQuestion.line, reader.u32(at.lineNumber));
}

function speedDial(this: Requests, reader: Reader): void {
	const at = SpeedDialStatRes.layout(reader.version, reader.length);
	this.answeredButton(ButtonQuestion.speedDial, reader.u32(at.speedDialNumber));
}

function speedDialV2(this: Requests, reader: Reader): void {
	const at = SpeedDialStatV2Res.layout(reader.version, reader.length);
	this.answeredButton(ButtonQuestion.speedDial, reader.u32(at.speedDialNumber));
}

function feature(this: Requests, reader: Reader): void {
	const at = FeatureStatRes.layout(reader.version, reader.length);
	this.answeredButton(ButtonQuestion.feature, reader.u32(at.featureIndex));
}

function featureV2(this: Requests, reader: Reader): void {
	const at = FeatureStatV2Res.layout(reader.version, reader.length);
	this.answeredButton(ButtonQuestion.feature, reader.u32(at.featureIndex));
}

function service(this: Requests, reader: Reader): void {
	const at = ServiceURLStatRes.layout(reader.version, reader.length);
	this.answeredButton(ButtonQuestion.service, reader.u32(at.serviceURLIndex));
}

function serviceV2(this: Requests, reader: Reader): void {
	const at = ServiceURLStatV2Res.layout(reader.version, reader.length);
	this.answeredButton(ButtonQuestion.service, reader.u32(at.serviceURLIndex));
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
	[LineStatRes, line],
	[LineStatV2Res, lineV2],
	[SpeedDialStatRes, speedDial],
	[SpeedDialStatV2Res, speedDialV2],
	[FeatureStatRes, feature],
	[FeatureStatV2Res, featureV2],
	[ServiceURLStatRes, service],
	[ServiceURLStatV2Res, serviceV2],
	[ForwardStatRes, forward],
	[TimeDateRes, time],
]);
