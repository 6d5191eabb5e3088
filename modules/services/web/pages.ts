/*
 * The phone's pages, in HTML for people and in XML for tools, under the paths that phones of the 7900 series have. A path that is none of
 * these is no page: there are no files behind it.
 */
import { type Answer, PieceAnswer, refusal } from "services/web/answer";
import {
	deviceFields,
	ethernetFields,
	type Field,
	networkFields,
	portFields,
	type ShownStream,
	streamFields,
} from "services/web/fields";
import { element, escaped, htmlType, xmlHead, xmlType } from "services/web/markup";
import type { Site } from "services/web/site";

/** A page: its root in XML and title in HTML, and its lines by number, undefined behind the last. */
interface Page {
	readonly root: string;
	readonly title: string;
	/** @param of its number behind the '?'. @returns undefined where there is no such page. */
	open(site: Site, of: number): Lines | undefined;
}

/** Element, label, value; undefined for a value that is not known. */
type Line = readonly [string, string, string | number | undefined];

function lines<Of>(fields: readonly Field<Of>[], of: Of): Lines {
	return (index) => {
		const field = fields[index];
		return field === undefined ? undefined : [field[0], field[1], field[2](of)];
	};
}

function fixed(root: string, title: string, fields: readonly Field<Site>[], most = 0): Page {
	return Object.freeze({
		root,
		title,
		open: (site: Site, of: number) => (of > most ? undefined : lines(fields, site)),
	});
}

/** Kinds of logs: what the phone has logged, and how things stand. */
const mostLogs = 1;

const device = fixed("DeviceInformation", "Device information", deviceFields);
const network = fixed("NetworkConfiguration", "Network configuration", networkFields);
const ethernet = fixed("EthernetInformation", "Network statistics", ethernetFields);
// the network's port; there is no switch with others
const port = fixed("PortInformation", "Port information", portFields, 1);
const log: Page = Object.freeze({
	root: "DeviceLog",
	title: "Device log",
	open: (site: Site, of: number) =>
		of > mostLogs
			? undefined
			: (index: number): Line | undefined => {
					const line = of === 0 ? site.logLine(index) : site.status(index);
					return line === undefined ? undefined : ["status", "", line];
				},
});
const streams: Page = Object.freeze({
	root: "StreamingStatistics",
	title: "Stream statistics",
	open(site: Site, of: number) {
		const stream = site.stream(Math.max(of, 1) - 1);
		return stream === undefined ? undefined : lines<ShownStream>(streamFields, { site, stream });
	},
});

const all: readonly Page[] = Object.freeze([device, network, ethernet, port, log, streams]);

/** Where phones of the later 7900 series have them: the page, and its number where the name has none. */
const adapters: readonly (readonly [string, Page, number])[] = Object.freeze([
	["device.statistics.device", device, 0],
	["device.statistics.configuration", network, 0],
	["device.statistics.ethernet", ethernet, 0],
	["device.statistics.port.network", port, 1],
	["device.statistics.consolelog", log, 0],
	["device.settings.status.messages", log, 1],
]);
const streamAdapter = "device.statistics.streaming.";
const serviceability = "/CGI/Java/Serviceability";

const style =
	"body{font:16px sans-serif;margin:1em auto;max-width:44em;padding:0 1em}nav a{display:inline-block;padding:.4em .8em .4em 0}" +
	"table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25em .5em .25em 0;border-bottom:1px solid #ccc;" +
	"vertical-align:top;overflow-wrap:anywhere}th{font-weight:normal;color:#555;width:45%}p{margin:.2em 0;overflow-wrap:anywhere}";

const links: readonly string[] = Object.freeze([
	'<nav><a href="/DeviceInformation">Device</a> <a href="/NetworkConfiguration">Network</a> ',
	'<a href="/EthernetInformation">Statistics</a> <a href="/PortInformation?1">Port</a> ',
	'<a href="/DeviceLog?0">Log</a> <a href="/DeviceLog?1">Status</a> ',
	'<a href="/StreamingStatistics?1">Stream 1</a> <a href="/StreamingStatistics?2">Stream 2</a></nav>\n',
]);

/** A page's answer to GET; undefined where a path names none. */
export function pageOf(site: Site, path: string): Answer | undefined {
	const mark = path.indexOf("?");
	const name = mark < 0 ? path : path.slice(0, mark);
	const query = mark < 0 ? "" : path.slice(mark + 1);
	if (name === serviceability) return adapterOf(site, query);
	if (name === "/") return answer(site, device, 0, false);
	const xml = name.endsWith("X");
	const wanted = name.slice(1, xml ? -1 : undefined);
	for (let i = 0; i < all.length; i += 1) {
		const page = all[i] as Page;
		if (page.root === wanted) return answer(site, page, numberOf(query), xml);
	}
	return undefined;
}

/** A page by the name that it has as a part of another: adapter=device.statistics.device, adapterX= for XML. */
function adapterOf(site: Site, query: string): Answer | undefined {
	const equals = query.indexOf("=");
	const form = query.slice(0, Math.max(equals, 0));
	if (form !== "adapter" && form !== "adapterX") return undefined;
	const name = query.slice(equals + 1);
	const xml = form === "adapterX";
	if (name.startsWith(streamAdapter)) {
		const number = numberOf(name.slice(streamAdapter.length));
		return answer(site, streams, number + 1, xml);
	}
	for (let i = 0; i < adapters.length; i += 1) {
		const [adapter, page, of] = adapters[i] as readonly [string, Page, number];
		if (adapter === name) return answer(site, page, of, xml);
	}
	return undefined;
}

/** Digits as a number, 0 for none; beyond all pages for what is none. Some put a letter before: 'n1'. */
function numberOf(query: string): number {
	const digits = query.startsWith("n") ? query.slice(1) : query;
	let number = 0;
	for (let at = 0; at < digits.length; at += 1) {
		const digit = digits.charCodeAt(at) - 0x30;
		if (digit < 0 || digit > 9 || number > 99) return Number.MAX_SAFE_INTEGER;
		number = number * 10 + digit;
	}
	return number;
}

function answer(site: Site, page: Page, of: number, xml: boolean): Answer {
	const line = page.open(site, of);
	if (line === undefined) return refusal(404, "There is no such page of that number.");
	return xml
		? new PieceAnswer(xmlType, xmlPieces(page, line))
		: new PieceAnswer(htmlType, htmlPieces(site, page, line));
}

type Lines = (index: number) => Line | undefined;
type Pieces = (index: number) => string | undefined;

/** Lines one behind another, and once what comes behind the last: lines of a log may go while it is sent. */
function listed(line: Lines, piece: (line: Line, value: string) => string, end: string): Pieces {
	let ended = false;
	return (index) => {
		const found = ended ? undefined : line(index);
		if (found !== undefined) return found[2] === undefined ? "" : piece(found, `${found[2]}`);
		if (ended) return undefined;
		ended = true;
		return end;
	};
}

function xmlPieces({ root }: Page, line: Lines): Pieces {
	const body = listed(line, ([name], value) => element(name, value), `</${root}>\n`);
	return (index) => (index === 0 ? `${xmlHead}<${root}>\n` : body(index - 1));
}

function htmlPieces(site: Site, page: Page, line: Lines): Pieces {
	const { title } = page;
	const body =
		page === log
			? listed(line, (_line, value) => `<p>${escaped(value)}</p>\n`, "</body></html>\n")
			: listed(
					line,
					([, label], value) => `<tr><th>${label}</th><td>${escaped(value)}</td></tr>\n`,
					"</table></body></html>\n",
				);
	return (index) => {
		if (index === 0)
			return (
				'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">' +
				`<meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}: ${escaped(site.device)}</title>`
			);
		if (index === 1) return `<style>${style}</style></head>\n<body><h1>${title}</h1>\n<p>${escaped(site.device)}</p>\n`;
		const link = links[index - 2];
		if (link !== undefined) return link;
		const at = index - 2 - links.length;
		if (at === 0) return page === log ? "" : "<table>\n";
		return body(at - 1);
	};
}
