/*
 * What the messages of registration and status do to the mirror: templates, lines, speed dials, features, services and
 * forwarding. Labels and numbers come in old forms of fixed fields and in newer ones of NUL-ended texts.
 */
import { Limits } from "limits";
import { Change } from "phone/changes";
import { type ButtonEntry, Forward, type Line } from "phone/lines";
import type { Phone } from "phone/phone";
import { Button, ButtonQuestion, buttonQuestion } from "sccp/buttons";
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
import type { Text } from "sccp/text";

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
	moreButtons(this, reader);
}

/** Buttons of a template, or of a part of one, behind those that have a key. */
function moreButtons(phone: Phone, reader: Reader): void {
	const at = ButtonTemplateRes.layout(reader.version, reader.length);
	const offset = reader.u32(at.buttonOffset);
	const count = reader.u32(at.buttonCount);
	const { buttons, more } = phone.lines;
	const first = Math.max(offset - buttons.length, 0);
	let length = Math.min(first, more.length);
	for (let i = Math.max(buttons.length - offset, 0); i < count; i += 1) {
		const from = at.definition + i * buttonStride;
		if (!reader.has(from, buttonStride)) break;
		if (buttonQuestion(reader.u8(from + 1)) !== ButtonQuestion.nothing) length = offset + i - buttons.length + 1;
	}
	let changed = more.reserve(length);
	for (let i = first; i < more.length; i += 1) {
		const from = at.definition + (buttons.length + i - offset) * buttonStride;
		if (more.set(i, reader.u8(from + 1), reader.u8(from))) changed = true;
	}
	if (changed) phone.changed(Change.overlay);
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
	if (exchanged(line)) {
		reader.copyText(at.lineFullyQualifiedDisplayName, Limits.directoryNumber, line.number);
		reader.copyText(at.lineDirNumber, 24, line.name);
	}
	line.displayOptions = reader.u32(at.lineDisplayOptions);
	if (line.revision !== before) this.changed(Change.buttons | Change.status);
}

/** FreeSWITCH puts the label of its table ('Line 1') where the number belongs, and the number where the name does. */
function exchanged(line: Line): boolean {
	return dialable(line.name) && !dialable(line.number);
}

/** Whether a text is a number: digits, star, pound, plus. */
function dialable(text: Text): boolean {
	for (let i = 0; i < text.length; i += 1) {
		const octet = text.octet(i);
		if ((octet < 0x30 || octet > 0x39) && octet !== 0x2a && octet !== 0x23 && octet !== 0x2b) return false;
	}
	return !text.empty;
}

export function lineStatV2(this: Phone, reader: Reader): void {
	const at = LineStatV2Res.layout(reader.version, reader.length);
	const line = this.lines.line(reader.u32(at.lineNumber));
	if (line === undefined) return;
	const before = line.revision;
	reader.startTexts(at.texts);
	reader.nextText(line.number);
	reader.nextText(line.name);
	reader.nextText(line.label);
	if (exchanged(line)) {
		reader.startTexts(at.texts);
		reader.nextText(line.name);
		reader.nextText(line.number);
	}
	line.displayOptions = reader.u32(at.lineType);
	if (line.revision !== before) this.changed(Change.buttons | Change.status);
}

export function speedDialStat(this: Phone, reader: Reader): void {
	const at = SpeedDialStatRes.layout(reader.version, reader.length);
	const instance = reader.u32(at.speedDialNumber);
	const entry = this.lines.speedDial(instance);
	if (entry === undefined) {
		const { spare } = this.lines;
		reader.copyText(at.speedDialDisplayName, Limits.buttonLabel, spare);
		if (spare.empty) reader.copyText(at.speedDialDirNumber, 24, spare);
		tellMore(this, this.lines.more.find(Button.speedDial, instance), 0);
		return;
	}
	const before = entry.revision;
	reader.copyText(at.speedDialDirNumber, 24, entry.number);
	reader.copyText(at.speedDialDisplayName, Limits.buttonLabel, entry.label);
	if (entry.revision !== before) this.changed(Change.buttons);
}

export function speedDialStatV2(this: Phone, reader: Reader): void {
	const at = SpeedDialStatV2Res.layout(reader.version, reader.length);
	const instance = reader.u32(at.speedDialNumber);
	const entry = this.lines.speedDial(instance);
	reader.startTexts(at.texts);
	if (entry === undefined) {
		const { spare } = this.lines;
		reader.skipTexts(1);
		reader.nextText(spare);
		if (spare.empty) {
			reader.startTexts(at.texts);
			reader.nextText(spare);
		}
		tellMore(this, this.lines.more.find(Button.speedDial, instance), 0);
		return;
	}
	const before = entry.revision;
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
	const { lines } = phone;
	const instance = reader.u32(at.featureIndex);
	const type = reader.u32(at.featureID);
	const status = reader.u32(at.featureStatus);
	// a key that is not beside the display may have the very kind
	let index = lines.more.find(type, instance);
	const entry = index < 0 ? lines.feature(type, instance) : lines.button(type, instance);
	if (entry === undefined) {
		if (index < 0) index = lines.more.feature(instance);
		reader.copyText(at.featureTextLabel, Limits.buttonLabel, lines.spare);
		tellMore(phone, index, status);
		return;
	}
	const before = entry.revision;
	reader.copyText(at.featureTextLabel, Limits.buttonLabel, entry.label);
	if (entry.revision === before && entry.status === status) return;
	entry.status = status;
	phone.changed(Change.buttons);
}

/** State and label, in `Lines.spare`, of a button without a key; -1 for none. */
function tellMore(phone: Phone, index: number, status: number): void {
	if (index >= 0 && phone.lines.more.tell(index, status, phone.lines.spare)) phone.changed(Change.overlay);
}

/** Octets of a service's URL. */
const serviceUrlSize = 256;

export function serviceUrlStat(this: Phone, reader: Reader): void {
	const at = ServiceURLStatRes.layout(reader.version, reader.length);
	const instance = reader.u32(at.serviceURLIndex);
	const entry = this.lines.button(Button.serviceUrl, instance);
	reader.copyText(at.serviceURLDisplayName, Limits.buttonLabel, entry?.label ?? this.lines.spare);
	labelService(this, instance, entry);
	this.tellService(instance, reader.string(at.serviceURL, serviceUrlSize));
}

export function serviceUrlStatV2(this: Phone, reader: Reader): void {
	const at = ServiceURLStatV2Res.layout(reader.version, reader.length);
	const instance = reader.u32(at.serviceURLIndex);
	const entry = this.lines.button(Button.serviceUrl, instance);
	reader.startTexts(at.texts);
	reader.skipTexts(1);
	reader.nextText(entry?.label ?? this.lines.spare);
	labelService(this, instance, entry);
	this.tellService(instance, reader.string(at.texts, serviceUrlSize));
}

/** A service has its label, be it with a key or in the list of those without one: there it stands in `Lines.spare`. */
function labelService(phone: Phone, instance: number, entry: ButtonEntry | undefined): void {
	if (entry === undefined) tellMore(phone, phone.lines.more.find(Button.serviceUrl, instance), 0);
	else phone.changed(Change.buttons);
}

export function forwardStat(this: Phone, reader: Reader): void {
	const at = ForwardStatRes.layout(reader.version, reader.length);
	const instance = reader.u32(at.lineNumber);
	const size = Math.min(at.forwardBusyActive - at.forwardAllDirnum, Limits.directoryNumber);
	const { lines } = this.lines;
	for (let i = 0; i < lines.length; i += 1) {
		const line = lines[i] as Line;
		// line 0 are all of them: so FreeSWITCH takes a forward back
		if (instance !== 0 && line.instance !== instance) continue;
		const { forwards } = line;
		const before = line.forwardedTo.revision;
		line.forwards =
			(reader.u32(at.forwardAllActive) !== 0 ? Forward.all : 0) |
			(reader.u32(at.forwardBusyActive) !== 0 ? Forward.busy : 0) |
			(reader.u32(at.forwardNoAnswerActive) !== 0 ? Forward.noAnswer : 0);
		if ((line.forwards & Forward.all) !== 0) reader.copyText(at.forwardAllDirnum, size, line.forwardedTo);
		else if ((line.forwards & Forward.busy) !== 0) reader.copyText(at.forwardBusyDirnum, size, line.forwardedTo);
		else if (line.forwards !== 0) reader.copyText(at.forwardNoAnswerlDirnum, size, line.forwardedTo);
		else line.forwardedTo.clear();
		if (line.forwards !== forwards || line.forwardedTo.revision !== before)
			this.changed(Change.buttons | Change.prompt);
	}
}
