/*
 * What the messages of registration and status do to the mirror: templates, lines, speed dials, features, services and
 * forwarding. Labels and numbers come in old forms of fixed fields and in newer ones of NUL-ended texts.
 */
import { Limits } from "limits";
import { Change } from "phone/changes";
import type { ButtonEntry, Line } from "phone/lines";
import type { Phone } from "phone/phone";
import { Button } from "sccp/buttons";
import {
	ButtonTemplateRes,
	buttonStride,
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
} from "sccp/messages-status";
import type { Reader } from "sccp/reader";

export function buttonTemplate(this: Phone, reader: Reader): void {
	const at = ButtonTemplateRes.layout(reader.version, reader.length);
	const offset = reader.u32(at.buttonOffset);
	const count = reader.u32(at.buttonCount);
	const buttons = this.lines.buttons;
	for (let i = 0; i < buttons.length; i += 1) {
		const entry = buttons[i] as ButtonEntry;
		const from = at.definition + (i - offset) * buttonStride;
		// a template in parts gives only some of the keys
		if (i < offset) continue;
		const present = i - offset < count && reader.has(from, buttonStride);
		const instance = present ? reader.u8(from) : 0;
		const type = present ? reader.u8(from + 1) : Button.unused;
		if (entry.type === type && entry.instance === instance) continue;
		entry.clear();
		entry.type = type;
		entry.instance = instance;
		this.changed(Change.buttons | Change.status);
	}
}

export function softKeyTemplate(this: Phone, reader: Reader): void {
	const at = SoftKeyTemplateRes.layout(reader.version, reader.length);
	this.softkeys.readTemplate(reader, at.definition, reader.u32(at.softKeyOffset), reader.u32(at.softKeyCount));
	this.changed(Change.softkeys);
}

export function softKeySets(this: Phone, reader: Reader): void {
	const at = SoftKeySetRes.layout(reader.version, reader.length);
	this.softkeys.readSets(reader, at.definition, reader.u32(at.softKeySetOffset), reader.u32(at.softKeySetCount));
	this.changed(Change.softkeys);
}

export function lineStat(this: Phone, reader: Reader): void {
	const at = LineStatRes.layout(reader.version, reader.length);
	const line = this.lines.line(reader.u32(at.lineNumber));
	if (line === undefined) return;
	const before = line.revision;
	reader.copyText(at.lineDirNumber, 24, line.number);
	reader.copyText(at.lineFullyQualifiedDisplayName, Limits.partyName, line.name);
	reader.copyText(at.lineTextLabel, Limits.buttonLabel, line.label);
	if (line.revision !== before) this.changed(Change.buttons | Change.status);
}

export function lineStatV2(this: Phone, reader: Reader): void {
	const at = LineStatV2Res.layout(reader.version, reader.length);
	const line = this.lines.line(reader.u32(at.lineNumber));
	if (line === undefined) return;
	const before = line.revision;
	readLineTexts(reader, at.texts, line);
	if (line.revision !== before) this.changed(Change.buttons | Change.status);
}

function readLineTexts(reader: Reader, offset: number, line: Line): void {
	reader.startTexts(offset);
	reader.nextText(line.number);
	reader.nextText(line.name);
	reader.nextText(line.label);
}

export function speedDialStat(this: Phone, reader: Reader): void {
	const at = SpeedDialStatRes.layout(reader.version, reader.length);
	const entry = this.lines.speedDial(reader.u32(at.speedDialNumber));
	if (entry === undefined) return;
	const before = entry.revision;
	reader.copyText(at.speedDialDirNumber, 24, entry.number);
	reader.copyText(at.speedDialDisplayName, Limits.buttonLabel, entry.label);
	if (entry.revision !== before) this.changed(Change.buttons);
}

export function speedDialStatV2(this: Phone, reader: Reader): void {
	const at = SpeedDialStatV2Res.layout(reader.version, reader.length);
	const entry = this.lines.speedDial(reader.u32(at.speedDialNumber));
	if (entry === undefined) return;
	const before = entry.revision;
	reader.startTexts(at.texts);
	reader.nextText(entry.number);
	reader.nextText(entry.label);
	if (entry.revision !== before) this.changed(Change.buttons);
}

export function featureStat(this: Phone, reader: Reader): void {
	readFeature(this, reader, FeatureStatRes.layout(reader.version, reader.length));
}

export function featureStatV2(this: Phone, reader: Reader): void {
	readFeature(this, reader, FeatureStatV2Res.layout(reader.version, reader.length));
}

function readFeature(
	phone: Phone,
	reader: Reader,
	at: ReturnType<typeof FeatureStatRes.layout | typeof FeatureStatV2Res.layout>,
): void {
	const entry = feature(phone, reader.u32(at.featureIndex), reader.u32(at.featureID));
	if (entry === undefined) return;
	const before = entry.revision;
	const status = reader.u32(at.featureStatus);
	reader.copyText(at.featureTextLabel, Limits.buttonLabel, entry.label);
	if (entry.revision === before && entry.status === status) return;
	entry.status = status;
	phone.changed(Change.buttons);
}

/** The key of a feature: by its own kind where the template has it so, else by the common kinds. */
function feature(phone: Phone, instance: number, id: number): ButtonEntry | undefined {
	return phone.lines.button(id, instance) ?? phone.lines.feature(instance);
}

export function serviceUrlStat(this: Phone, reader: Reader): void {
	const at = ServiceURLStatRes.layout(reader.version, reader.length);
	const entry = this.lines.button(Button.serviceUrl, reader.u32(at.serviceURLIndex));
	if (entry === undefined) return;
	reader.copyText(at.serviceURLDisplayName, Limits.buttonLabel, entry.label);
	this.changed(Change.buttons);
}

export function serviceUrlStatV2(this: Phone, reader: Reader): void {
	const at = ServiceURLStatV2Res.layout(reader.version, reader.length);
	const entry = this.lines.button(Button.serviceUrl, reader.u32(at.serviceURLIndex));
	if (entry === undefined) return;
	reader.startTexts(at.texts);
	reader.skipTexts(1);
	reader.nextText(entry.label);
	this.changed(Change.buttons);
}

export function forwardStat(this: Phone, reader: Reader): void {
	const at = ForwardStatRes.layout(reader.version, reader.length);
	const line = this.lines.line(reader.u32(at.lineNumber));
	if (line === undefined) return;
	const forwarded =
		reader.u32(at.forwardAllActive) !== 0 ||
		reader.u32(at.forwardBusyActive) !== 0 ||
		reader.u32(at.forwardNoAnswerActive) !== 0;
	if (line.forwarded === forwarded) return;
	line.forwarded = forwarded;
	this.changed(Change.buttons);
}
