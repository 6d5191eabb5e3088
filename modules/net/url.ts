/*
 * URLs of the scheme http and references relative to them (RFC 3986, RFC 9110 4.2): taken apart and put together as texts, since one of
 * them at a time is looked at, and nothing of it is kept.
 */
import { utf8 } from "base/octets";

/** Characters that stand for themselves in a path or a query, the percent sign of what is encoded already among them. */
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?%";
/** The same in the value of a query's parameter. */
const unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
const hostCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-._";
const usualPort = 80;
/** Characters of a host's name at most (RFC 1035). */
const longestHost = 253;

/** A URL of the scheme http, in its parts. */
export interface HttpUrl {
	/** In small letters. */
	readonly host: string;
	readonly port: number;
	/** Path with the query, encoded; begins with a slash. */
	readonly path: string;
	/** 'user:password', decoded; '' for none. */
	readonly user: string;
}

/** Scheme of a reference in small letters, '' where it has none: it is relative. */
export function schemeOf(reference: string): string {
	for (let i = 0; i < reference.length; i += 1) {
		const code = reference.charCodeAt(i) | 0x20;
		const letter = code >= 0x61 && code <= 0x7a;
		const character = reference.charAt(i);
		if (character === ":") return i === 0 ? "" : reference.slice(0, i).toLowerCase();
		if (!letter && (i === 0 || !"0123456789+-.".includes(character))) return "";
	}
	return "";
}

/** Takes a URL apart. @returns undefined when it is none of http. */
export function parse(url: string): HttpUrl | undefined {
	if (schemeOf(url) !== "http" || !url.startsWith("//", 5)) return undefined;
	const end = authorityEnd(url);
	const authority = url.slice(7, end);
	const at = authority.lastIndexOf("@");
	const place = authority.slice(at + 1).toLowerCase();
	const colon = place.indexOf(":");
	const host = colon < 0 ? place : place.slice(0, colon);
	const port = colon < 0 || colon === place.length - 1 ? usualPort : portOf(place.slice(colon + 1));
	if (!isHost(host) || port === 0) return undefined;
	return { host, port, path: pathOf(url.slice(end)), user: at < 0 ? "" : decoded(authority.slice(0, at)) };
}

/** A URL without who asks and by which password. */
export function withoutUser(url: string): string {
	const from = url.indexOf("://") + 3;
	if (from < 3) return url;
	const end = authorityEnd(url);
	const at = url.lastIndexOf("@", end - 1);
	return at < from ? url : url.slice(0, from) + url.slice(at + 1);
}

/** Characters of a URI in the log. */
const longestLogged = 80;

/** What the log, which whoever reaches the phone can read, says of a URI: neither a password nor what somebody has keyed. */
export function logged(uri: string): string {
	const clean = withoutUser(uri);
	const hides = schemeOf(uri) === "senddigits" ? clean.indexOf(":") + 1 : clean.search(/[?=]/);
	return hides < 0 ? clean.slice(0, longestLogged) : `${clean.slice(0, Math.min(hides, longestLogged))}...`;
}

/** 'host' or 'host:port', as the header Host has it. */
export function placeOf({ host, port }: HttpUrl): string {
	return port === usualPort ? host : `${host}:${port}`;
}

/**
 * The URL that a reference is in a document at `base` (RFC 3986, 5.2), without its fragment. A reference with a scheme comes back as it
 * is; `base` is a URL of http.
 */
export function resolved(base: string, reference: string): string {
	if (schemeOf(reference) !== "") return withoutFragment(reference);
	const relative = withoutFragment(reference);
	if (relative.startsWith("//")) return `http:${relative}`;
	const clean = withoutFragment(base);
	const end = authorityEnd(clean);
	const root = clean.slice(0, end);
	if (relative === "") return clean;
	const question = clean.indexOf("?", end);
	const path = clean.slice(end, question < 0 ? clean.length : question);
	if (relative.startsWith("?")) return root + (path === "" ? "/" : path) + relative;
	const query = relative.indexOf("?");
	const way = query < 0 ? relative : relative.slice(0, query);
	const rest = query < 0 ? "" : relative.slice(query);
	if (way.startsWith("/")) return root + withoutDots(way) + rest;
	const folder = path.slice(0, path.lastIndexOf("/") + 1);
	return root + withoutDots((folder === "" ? "/" : folder) + way) + rest;
}

/** `url` with 'name=value' more in its query: behind '?' or, where it has one, '&'. */
export function withParameter(url: string, parameter: string): string {
	const clean = withoutFragment(url);
	const last = clean.charAt(clean.length - 1);
	if (last === "?" || last === "&") return clean + parameter;
	return `${clean}${clean.includes("?") ? "&" : "?"}${parameter}`;
}

/** A text as the name or value of a parameter: its octets in UTF-8, percent-encoded where they do not stand for themselves. */
export function encoded(text: string): string {
	return percent(text, unreserved);
}

/** A text with percent-encoded octets in place of which stand themselves; octets beyond ASCII are taken as ISO-8859-1. */
function decoded(text: string): string {
	let result = "";
	for (let i = 0; i < text.length; i += 1) {
		const octet = text.charAt(i) === "%" ? Number.parseInt(text.slice(i + 1, i + 3), 16) : Number.NaN;
		if (Number.isNaN(octet)) result += text.charAt(i);
		else {
			result += String.fromCharCode(octet);
			i += 2;
		}
	}
	return result;
}

/** Path and query as they go out: never without a slash, nothing in them that would end the line of a request. */
function pathOf(text: string): string {
	const path = percent(withoutFragment(text), plain);
	return path.startsWith("/") ? path : `/${path}`;
}

function percent(text: string, standing: string): string {
	let result = "";
	for (const character of text) {
		if (standing.includes(character)) {
			result += character;
			continue;
		}
		const octets = utf8(character);
		for (let i = 0; i < octets.length; i += 1) {
			const octet = octets.charCodeAt(i);
			result += `%${octet < 16 ? "0" : ""}${octet.toString(16).toUpperCase()}`;
		}
	}
	return result;
}

function withoutFragment(text: string): string {
	const at = text.indexOf("#");
	return at < 0 ? text : text.slice(0, at);
}

/** Where host, port and user of an absolute URL end. */
function authorityEnd(url: string): number {
	let at = url.indexOf("//") + 2;
	while (at < url.length && !"/?#".includes(url.charAt(at))) at += 1;
	return at;
}

/** A path without its segments '.' and '..' (RFC 3986, 5.2.4). */
function withoutDots(path: string): string {
	let result = "";
	let from = 1;
	while (from <= path.length) {
		const slash = path.indexOf("/", from);
		const to = slash < 0 ? path.length : slash;
		const segment = path.slice(from, to);
		const last = slash < 0;
		if (segment === "..") result = result.slice(0, Math.max(result.lastIndexOf("/"), 0));
		else if (segment !== ".") result += `/${segment}`;
		if (last && (segment === "." || segment === "..")) result += "/";
		from = to + 1;
	}
	return result === "" ? "/" : result;
}

function isHost(host: string): boolean {
	if (host === "" || host.length > longestHost) return false;
	for (let i = 0; i < host.length; i += 1) if (!hostCharacters.includes(host.charAt(i))) return false;
	return true;
}

/** A port as a number, 0 when the text is none. */
function portOf(text: string): number {
	let port = 0;
	for (let i = 0; i < text.length; i += 1) {
		const digit = text.charCodeAt(i) - 0x30;
		if (digit < 0 || digit > 9) return 0;
		port = port * 10 + digit;
		if (port > 65535) return 0;
	}
	return port;
}
