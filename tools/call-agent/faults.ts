/*
 * What a call agent does wrong on purpose: which faults there are, how they are ordered by words, and those that strike when a message
 * comes. How octets are held back or cut is the connection's business (connection.ts).
 */
import type { Connection } from "./connection.js";
import { FromStation } from "./ids.js";
import type { Faults, TokenAnswer } from "./options.js";

export type { Faults } from "./options.js";

const tokenAnswers: readonly TokenAnswer[] = Object.freeze(["acknowledge", "reject", "ignore", "close"] as const);

/** Octets that no call agent sends: a length that none has. */
const garbage = Buffer.alloc(64, 0xee);

/** A message has come: does to the connection what is ordered for it. @returns whether it is not to be answered. */
export function strike(faults: Faults, connection: Connection, id: number): boolean {
	if (id === FromStation.RegisterReq && faults.closeAfter !== undefined)
		setTimeout(() => connection.close("closed on purpose"), faults.closeAfter).unref();
	if (faults.closeAt === id) connection.close("closed on purpose");
	else if (faults.resetAt === id) connection.break("broken off on purpose");
	else if (faults.garbageAt === id) connection.send(garbage);
	else return faults.ignore?.includes(id) ?? false;
	return true;
}

const flags: readonly ("silent" | "stall" | "dropKeepalives" | "keepCalls")[] = Object.freeze([
	"silent",
	"stall",
	"dropKeepalives",
	"keepCalls",
] as const);
const texts: readonly ("reject" | "rejectOnce")[] = Object.freeze(["reject", "rejectOnce"] as const);
const numbers: readonly ("resetAt" | "garbageAt" | "closeAfter" | "tokenWait" | "delay" | "mergeTime")[] =
	Object.freeze(["resetAt", "garbageAt", "closeAfter", "tokenWait", "delay", "mergeTime"] as const);
const segments: readonly NonNullable<Faults["segments"]>[] = Object.freeze(["octets", "merged", "slow"] as const);

/** How faults are ordered, for whoever got the words wrong. */
export const faultUsage =
	`none; on or off with ${flags.join(", ")}; a number or off with ${numbers.join(", ")}, closeAt (or connect); numbers with ignore; ` +
	`a text or off with ${texts.join(", ")}; token ${tokenAnswers.join("|")}|off; segments ${segments.join("|")}|off`;

function wholeNumber(word: string | undefined): number | undefined {
	return word !== undefined && /^(0x[0-9a-f]+|\d+)$/i.test(word) ? Number(word) : undefined;
}

/** Changes the faults as words say, such as `delay 2200`; `none` ends all. @returns what is wrong with the words. */
export function setFault(faults: Faults, words: readonly string[]): string | undefined {
	const [name = "", value, ...more] = words;
	const wrong = `'fault ${words.join(" ")}' is not understood: ${faultUsage}`;
	if (name === "none" && value === undefined) {
		for (const key of Object.keys(faults)) Reflect.deleteProperty(faults, key);
		return undefined;
	}
	if (value === undefined) return wrong;
	const isOff = value === "off" && more.length === 0;
	const text = texts.find((known) => known === name);
	if (text !== undefined) {
		faults[text] = isOff ? undefined : words.slice(1).join(" ");
		return undefined;
	}
	if (name === "ignore") {
		const ids = words.slice(1).map(wholeNumber);
		if (!isOff && ids.includes(undefined)) return wrong;
		faults.ignore = isOff ? [] : ids.filter((id) => id !== undefined);
		return undefined;
	}
	if (more.length > 0) return wrong;
	const flag = flags.find((known) => known === name);
	if (flag !== undefined) {
		if (value !== "on" && !isOff) return wrong;
		faults[flag] = value === "on";
		return undefined;
	}
	if (name === "token" || name === "segments") {
		const token = tokenAnswers.find((known) => known === value);
		const segment = segments.find((known) => known === value);
		if (!isOff && (name === "token" ? token : segment) === undefined) return wrong;
		if (name === "token") faults.token = token;
		else faults.segments = segment;
		return undefined;
	}
	const number = numbers.find((known) => known === name);
	const count = wholeNumber(value);
	if (name === "closeAt" && (isOff || value === "connect" || count !== undefined)) {
		faults.closeAt = value === "connect" ? "connect" : count;
		return undefined;
	}
	if (number === undefined || (!isOff && count === undefined)) return wrong;
	if (number === "mergeTime" && count === undefined) delete faults.mergeTime;
	else if (number === "mergeTime") faults.mergeTime = count as number;
	else faults[number] = count;
	return undefined;
}
