/*
 * Menus that call agents push: who is in a conference, which calls are parked, which ring elsewhere, what a user may say of a call's
 * quality. Elements and URIs are those of Cisco's IP Phone Services; which of them a menu has, and how the phone's user is told apart
 * from others, is each server's own.
 */

/** An entry of a menu. */
export interface Entry {
	readonly name: string;
	readonly url: string;
	/** Number of the picture before it, where the menu has pictures. */
	readonly icon?: number;
}

/** A softkey below a menu. */
export interface SoftKeyEntry {
	readonly name: string;
	readonly position: number;
	readonly url: string;
}

export interface MenuText {
	readonly title: string;
	readonly prompt: string;
	readonly entries: readonly Entry[];
	readonly softkeys: readonly SoftKeyEntry[];
	/** Application that is told when the menu is closed, where the phone tells it. */
	readonly application?: number;
	/** Pictures by their numbers: files, or octets of four shades of grey. */
	readonly icons?: "files" | "octets";
}

export function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function tag(name: string, text: string | number): string {
	return `<${name}>${typeof text === "number" ? text : escaped(text)}</${name}>`;
}

const files: readonly string[] = ["Connected", "Hold", "StreamRxTx", "Hold"];
/** A square of 16 by 10 with a hole, four shades to an octet. */
const octets = `FFFFFFFF${"0F0000F0".repeat(8)}FFFFFFFF`;

function iconItems(kind: "files" | "octets"): string {
	return files
		.map((name, index) =>
			kind === "files"
				? `<IconItem>${tag("Index", index)}${tag("URL", `Resource:Icon.${name}`)}</IconItem>`
				: `<IconItem>${tag("Index", index)}<Height>10</Height><Width>16</Width><Depth>2</Depth>${tag("Data", octets)}</IconItem>`,
		)
		.join("\n");
}

/** A menu as the object that is pushed. */
export function menuObject({ title, prompt, entries, softkeys, application, icons }: MenuText): string {
	const root = icons === "files" ? "CiscoIPPhoneIconFileMenu" : icons ? "CiscoIPPhoneIconMenu" : "CiscoIPPhoneMenu";
	const attributes = application === undefined ? "" : ` appId="${application}" onAppClosed="${application}"`;
	const items = entries.map(
		({ name, url, icon }) =>
			`<MenuItem>${icons ? tag("IconIndex", icon ?? 0) : ""}${tag("Name", name)}${tag("URL", url)}</MenuItem>`,
	);
	const keys = softkeys.map(
		({ name, position, url }) =>
			`<SoftKeyItem>${tag("Name", name)}${tag("Position", position)}${tag("URL", url)}</SoftKeyItem>`,
	);
	const head = `<${root}${attributes}>${tag("Title", title)}\n${tag("Prompt", prompt)}`;
	const tail = icons ? [iconItems(icons)] : [];
	return [head, ...items, ...keys, ...tail, `</${root}>\n`].join("\n");
}

export function textObject(title: string, prompt: string, text: string): string {
	return `<CiscoIPPhoneText>${tag("Title", title)}${tag("Prompt", prompt)}${tag("Text", text)}</CiscoIPPhoneText>`;
}

/** Has the phone do something: a URI each. */
export function executeObject(...urls: readonly string[]): string {
	const items = urls.map((url) => `<ExecuteItem Priority="0" URL="${escaped(url)}"/>`);
	return `<CiscoIPPhoneExecute>${items.join("")}</CiscoIPPhoneExecute>`;
}
