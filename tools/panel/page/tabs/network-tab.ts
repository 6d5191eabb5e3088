/*
 * The messages between a phone and its call agent as a ladder: an arrow each, with its time and its fields; all of a message when it is
 * opened. What a filter leaves can be taken away as a capture file.
 */
import { element, setText } from "../element.js";
import { hexLines } from "./hex.js";
import { type Entry, Ladder, type LadderFilter, mostRungs } from "./ladder.js";
import type { Rung } from "./messages.js";
import { encodeCapture, octetsOf } from "./pcap.js";

/** A list that is scrolled to within so many pixels of its end stays at the end. */
const nearEnd = 24;

let made = 0;

interface Row {
	readonly entry: Entry;
	readonly element: HTMLLIElement;
	readonly time: HTMLElement;
}

export class NetworkTab {
	readonly element: HTMLElement;
	readonly #device: () => string;
	readonly #ladder = new Ladder();
	readonly #text = element("input", { type: "search", placeholder: "Filter: CallState line=1", spellcheck: "false" });
	readonly #call = element("select", {});
	readonly #keepAlives = element("input", { type: "checkbox" });
	readonly #save = element("button", { type: "button" }, "Save as pcap");
	readonly #phoneEnd = element("span", {}, "Phone");
	readonly #agentEnd = element("span", {}, "Call agent");
	readonly #list = element("ol", { class: "ladder", tabindex: "0", "aria-label": "Messages", role: "list" });
	readonly #note = element("p", { class: "tab-note" });
	#rows: Row[] = [];
	#calls = "";
	#waiting = false;

	constructor(device: () => string) {
		this.#device = device;
		const id = `ladder-text-${made++}`;
		this.#text.id = id;
		const clear = element("button", { type: "button" }, "Clear");
		this.#text.addEventListener("input", () => this.render());
		this.#call.addEventListener("change", () => this.render());
		this.#call.setAttribute("aria-label", "Call");
		this.#keepAlives.addEventListener("change", () => this.render());
		this.#save.addEventListener("click", () => this.#download());
		clear.addEventListener("click", () => {
			this.#ladder.clear();
			this.render();
		});
		this.element = element(
			"section",
			{ class: "tab-view network", "aria-label": "Network" },
			element(
				"div",
				{ class: "tab-tools" },
				element("label", { for: id, class: "unseen" }, "Filter"),
				this.#text,
				this.#call,
				element("label", { class: "tick" }, this.#keepAlives, "Keepalives"),
				clear,
				this.#save,
			),
			element("div", { class: "ladder-ends" }, this.#phoneEnd, this.#agentEnd),
			this.#list,
			this.#note,
		);
		this.#showCalls();
	}

	add(rung: Rung): void {
		this.#ladder.add(rung);
		if (this.element.hidden || this.#waiting) return;
		this.#waiting = true;
		// many come at once; they are drawn once
		requestAnimationFrame(() => {
			this.#waiting = false;
			this.render();
		});
	}

	/** Draws what the filter lets through. */
	render(): void {
		this.#showCalls();
		const shown = this.#ladder.shown(this.#filter);
		const { scrollTop, scrollHeight, clientHeight } = this.#list;
		const atEnd = scrollTop + clientHeight >= scrollHeight - nearEnd;
		this.#reconcile(shown);
		const begin = shown[0]?.rung.time ?? 0;
		for (const { entry, time } of this.#rows) setText(time, ((entry.rung.time - begin) / 1000).toFixed(3));
		if (atEnd) this.#list.scrollTop = this.#list.scrollHeight;
		const last = this.#ladder.entries.at(-1)?.rung;
		setText(this.#phoneEnd, last === undefined ? "Phone" : `Phone ${last.phone}`);
		setText(this.#agentEnd, last === undefined ? "Call agent" : `Call agent ${last.agent}:${last.port}`);
		this.#save.disabled = shown.length === 0;
		setText(this.#note, this.#noteOn(shown.length));
	}

	get #filter(): LadderFilter {
		const { value } = this.#call;
		const call = value === "latest" || value === "all" ? value : Number(value);
		return { text: this.#text.value, keepAlives: this.#keepAlives.checked, call };
	}

	#noteOn(shown: number): string {
		const { length } = this.#ladder.entries;
		if (length === 0) return "No messages yet.";
		const kept = length < mostRungs ? "" : `, the latest ${mostRungs} are kept`;
		return `${shown} of ${length} messages since this page was opened${kept}; the newest is at the end.`;
	}

	#showCalls(): void {
		const { calls } = this.#ladder;
		const key = calls.map(({ reference }) => reference).join(" ");
		if (key === this.#calls && this.#call.length > 0) return;
		this.#calls = key;
		const chosen = this.#call.value;
		const option = (value: string, text: string) => element("option", { value }, text);
		this.#call.replaceChildren(
			option("latest", "Latest call"),
			option("all", "All messages"),
			...calls.map(({ reference, time }) => option(String(reference), `Call ${reference}, ${clockOf(time, 0)}`)),
		);
		// a call that has gone from the ladder has gone from the choice
		this.#call.value = chosen === "" ? "latest" : chosen;
		if (this.#call.selectedIndex < 0) this.#call.value = "latest";
	}

	/** Makes the list show these, and keeps the rows of those that it shows already: they may be open, or have the focus. */
	#reconcile(shown: readonly Entry[]): void {
		const known = new Map(this.#rows.map((row) => [row.entry, row]));
		const rows = shown.map((entry) => known.get(entry) ?? makeRow(entry));
		const kept = new Set(rows);
		for (const row of this.#rows) if (!kept.has(row)) row.element.remove();
		let after: Element | null = this.#list.firstElementChild;
		for (const row of rows) {
			if (row.element === after) after = after.nextElementSibling;
			else this.#list.insertBefore(row.element, after);
		}
		this.#rows = rows;
	}

	#download(): void {
		const rungs = this.#rows.map(({ entry }) => entry.rung);
		const blob = new Blob([encodeCapture(rungs)], { type: "application/vnd.tcpdump.pcap" });
		const url = URL.createObjectURL(blob);
		const moment = new Date(rungs[0]?.time ?? 0).toISOString().slice(0, 19).replace(/:/g, "-");
		element("a", { href: url, download: `${this.#device()}-${moment}.pcap` }).click();
		URL.revokeObjectURL(url);
	}
}

/** Hours, minutes and seconds, and so many digits of these. */
function clockOf(time: number, digits: 0 | 3): string {
	const date = new Date(time);
	const two = (value: number): string => String(value).padStart(2, "0");
	const text = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
	return digits === 0 ? text : `${text}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function makeRow(entry: Entry): Row {
	const { rung } = entry;
	const time = element("span", { class: "when" });
	const summary = rung.fields.filter(([, value]) => value !== "0").map((field) => field.join("="));
	const head = element(
		"summary",
		{},
		time,
		element(
			"span",
			{ class: "arrow" },
			element("span", { class: "unseen" }, rung.sent ? "sent: " : "received: "),
			element("b", {}, rung.name),
		),
		element("span", { class: "brief", title: summary.join(" ") }, summary.join(" ")),
	);
	const details = element("details", {}, head);
	details.addEventListener("toggle", () => {
		if (details.open && details.childElementCount === 1) details.append(contentOf(rung));
	});
	const row = element("li", { class: rung.sent ? "sent" : "received", "data-message": rung.name });
	const note = breakText(entry);
	if (note !== "") row.append(element("p", { class: "break" }, note));
	if (rung.refused !== "") row.classList.add("refused");
	row.append(details);
	return { entry, element: row, time };
}

function breakText({ anew, missing, rung }: Entry): string {
	const many = missing === 1 ? "1 message was not looked at" : `${missing} messages were not looked at`;
	if (anew === "process") return "The phone has started anew";
	if (anew === "connection") return `Another connection, to ${rung.agent}:${rung.port}`;
	return missing === 0 ? "" : many;
}

function contentOf(rung: Rung): HTMLElement {
	const octets = octetsOf(rung.octets);
	const said = [clockOf(rung.time, 3), `version ${rung.version}`, `${octets.length} octets`, `number ${rung.number}`];
	return element(
		"div",
		{ class: "message" },
		element("p", {}, said.join(", ")),
		...(rung.refused === "" ? [] : [element("p", { class: "why" }, `The phone refused it: ${rung.refused}`)]),
		element(
			"dl",
			{},
			...rung.fields.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
		),
		element("pre", { tabindex: "0", "aria-label": "Octets" }, hexLines(octets)),
	);
}
