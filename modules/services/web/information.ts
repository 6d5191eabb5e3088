/*
 * CallInfo, LineInfo and ModeInfo: what phones of the 7900 series tell of their calls, lines and display to those who maintain them, in
 * XML (Cisco Unified IP Phone 9971 Administration Guide, "Information and control through HTTP requests"; the same objects before).
 */
import type { Answer } from "services/web/answer";
import { PieceAnswer } from "services/web/answer";
import { element, escaped, xmlHead, xmlType } from "services/web/markup";
import type { Site } from "services/web/site";

type Pieces = (index: number) => string | undefined;

/** LineType of a line, and of whatever else has a key. */
const lineType = "9";
const otherType = "2";

/** A head, one piece for each of what there is, and an end. */
function group(head: () => string, each: (index: number) => string | undefined, end: () => string): Pieces {
	let ended = false;
	return (index) => {
		if (index === 0) return `${xmlHead}${head()}`;
		const piece = ended ? undefined : each(index - 1);
		if (piece !== undefined || ended) return piece;
		ended = true;
		return end();
	};
}

function prompts(site: Site): string {
	return `${element("Prompt", site.prompt)}${element("Notify", "")}${element("Status", "")}`;
}

function lines(site: Site): Pieces {
	return group(
		() => `<CiscoIPPhoneLineInfo>\n${prompts(site)}`,
		(index) => {
			const line = site.line(index);
			if (line === undefined) return undefined;
			return (
				`<CiscoIPPhoneLines>\n${element("LineType", line.other ? otherType : lineType)}` +
				element("lineDirNum", line.number) +
				element("MessageWaiting", line.messageWaiting ? "YES" : "NO") +
				element("LineLabel", line.label) +
				`${element("LineIconState", line.state)}</CiscoIPPhoneLines>\n`
			);
		},
		() => "</CiscoIPPhoneLineInfo>\n",
	);
}

/** Calls, behind the line that the selected one is on. */
function calls(site: Site): Pieces {
	return group(
		() => {
			let line = 1;
			let state = "ONHOOK";
			for (let i = 0; ; i += 1) {
				const call = site.call(i);
				if (call === undefined) break;
				if (i > 0 && !call.selected) continue;
				line = call.line;
				state = call.state;
			}
			let number = "";
			for (let i = 0, own = 0; ; i += 1) {
				const found = site.line(i);
				if (found === undefined) break;
				if (found.other) continue;
				own += 1;
				if (own === line) number = found.number;
			}
			return `<CiscoIPPhoneCallLineInfo>\n${prompts(site)}${element("LineDirNum", number)}${element("LineState", state)}`;
		},
		(index) => {
			const call = site.call(index);
			if (call === undefined) return undefined;
			return (
				`<CiscoIPPhoneCallInfo>\n${element("CallState", call.state)}${element("CallType", call.type)}` +
				element("CallingPartyName", call.callingName) +
				element("CallingPartyDirNum", call.callingNumber) +
				element("CalledPartyName", call.calledName) +
				element("CalledPartyDirNum", call.calledNumber) +
				element("CallReference", `${call.reference}`) +
				element("CallDuration", `${call.seconds}`) +
				`${element("CallSecurity", call.security)}</CiscoIPPhoneCallInfo>\n`
			);
		},
		() => `${softkeys(site)}</CiscoIPPhoneCallLineInfo>\n`,
	);
}

function softkeys(site: Site): string {
	let text = "<VisibleFeatureList>\n";
	for (let i = 0; ; i += 1) {
		const label = site.softkey(i);
		if (label === undefined) return `${text}</VisibleFeatureList>\n`;
		if (label !== "") text += `<Feature Position="${i + 1}" Enabled="true" Label="${escaped(label)}"/>\n`;
	}
}

/** The page above the calls, else the idle display. */
function mode(site: Site): Pieces {
	let count = 0;
	while (site.planeLine(count) !== undefined) count += 1;
	return group(
		() =>
			`<CiscoIPPhoneModeInfo>\n${element("PlaneTitle", site.planeTitle)}${element("PlaneFieldCount", `${count}`)}` +
			`${element("PlaneSoftKeyIndex", "0")}${element("PlaneSoftKeyMask", "0")}${prompts(site)}`,
		(index) => {
			const line = index < count ? site.planeLine(index) : undefined;
			if (line === undefined) return undefined;
			return (
				`<CiscoIPPhoneFields>\n${element("FieldType", "0")}${element("FieldAttr", "")}` +
				`${element("fieldHelpIndex", "0")}${element("FieldName", line)}${element("FieldValue", "")}</CiscoIPPhoneFields>\n`
			);
		},
		() => "</CiscoIPPhoneModeInfo>\n",
	);
}

/** What is told under a name; undefined for none of the three. */
export function informationOf(site: Site, name: string): Answer | undefined {
	if (name === "CallInfo") return new PieceAnswer(xmlType, calls(site));
	if (name === "LineInfo") return new PieceAnswer(xmlType, lines(site));
	return name === "ModeInfo" ? new PieceAnswer(xmlType, mode(site)) : undefined;
}
