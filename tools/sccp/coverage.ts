/*
 * `sccp coverage`: how much of SCCP is understood, counted from the message table, from the scan that checks the use of fields
 * (tools/check/fields.ts) and from what the judges of sent messages take (tools/sccp/sent.ts).
 */
import * as table from "sccp/messages";
import { early, messages } from "sccp/messages";
import { fieldUses } from "../check/fields.js";
import { Project } from "../check/project.js";
import { projectRoot } from "../phone/project.js";
import { empty, others } from "./others.js";
import { crateOpinions, judged, sendable, tsharkOpinions } from "./sent.js";

export interface Coverage {
	/** Message ids of the table: those that tshark knows. */
	ids_known: number;
	/** Those whose fields are laid out, or that have none. */
	ids_laid_out: number;
	/** Of these, those that the device itself has laid out, and those that only the dump of captures knows. */
	ids_laid_out_in_the_phone: number;
	ids_laid_out_for_captures: number;
	/** Fields of the device's layouts that its code reads or sets. */
	fields_read: number;
	/** Fields of the device's layouts that it has no use for, each with its reason. */
	fields_ignored_with_reason: number;
	/** Fields with neither, which `npm run check` refuses. */
	fields_ignored_without_reason: number;
	/** Messages that the phone can send. */
	messages_sent: number;
	/** Those that each judge reads in at least one form. */
	messages_sent_judged: { tshark: number; crate: number };
}

export function coverage(): Coverage {
	const exported = new Set(Object.values(table as Record<string, unknown>));
	const known = messages.filter(({ id }) => !early.includes(id));
	const own = known.filter((message) => exported.has(message) || empty.includes(message.name));
	const uses = fieldUses(new Project(projectRoot));
	return {
		ids_known: known.length,
		ids_laid_out: own.length + others.size,
		ids_laid_out_in_the_phone: own.length,
		ids_laid_out_for_captures: others.size,
		fields_read: uses.filter(({ used }) => used).length,
		fields_ignored_with_reason: uses.filter(({ used, excused }) => !used && excused).length,
		fields_ignored_without_reason: uses.filter(({ used, excused }) => !used && !excused).length,
		messages_sent: sendable.length,
		messages_sent_judged: { tshark: judged(tsharkOpinions).length, crate: judged(crateOpinions).length },
	};
}
