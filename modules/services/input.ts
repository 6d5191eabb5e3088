/*
 * CiscoIPPhoneInput: up to five fields, typed on the twelve keys as InputFlags say; what is in them goes to the object's URL as its query.
 */
import { Entry } from "base/menu";
import { Key } from "hal/hardware";
import { encoded, withParameter } from "net/url";
import type { Items } from "services/items";
import { Kind, Part } from "services/kinds";
import { ObjectPage } from "services/page";
import type { Session } from "services/session";
import { Typing } from "ui/typing";

/** Characters of a field that are shown, its last ones. */
const visible = 24;
const star = "*";
/** Where the next character goes. */
const cursor = "_";

/** What a field is typed of, a number of {@link Entry}, by its InputFlags. */
function entryOf(flags: string): number {
	for (let i = 0; i < flags.length; i += 1) {
		switch (flags.charAt(i).toUpperCase()) {
			case "A":
				return Entry.text;
			case "T":
				return Entry.telephone;
			case "N":
				return Entry.number;
			case "E":
				return Entry.equation;
			case "U":
				return Entry.upper;
			case "L":
				return Entry.lower;
		}
	}
	return Entry.text;
}

export class InputPage extends ObjectPage {
	private readonly values: string[] = [];
	/** How the field is typed that the choice stands on. */
	private typing: Typing | undefined = undefined;

	constructor(session: Session, items: Items) {
		super(session, items, Kind.input, "");
		const count = items.count(Part.item);
		for (let i = 0; i < count; i += 1) this.values.push(items.line(items.of(items.group(Part.item, i), Part.preset)));
		this.begin();
	}

	override get prompt(): string {
		return this.typing?.choices || super.prompt;
	}

	private flags(index: number): string {
		const { items } = this;
		return items.text(items.of(items.group(Part.item, index), Part.flags));
	}

	/** Begins to type into the field that is chosen. */
	private begin(): void {
		const { selected } = this;
		this.typing = selected < 0 ? undefined : new Typing(entryOf(this.flags(selected)), this.values[selected] ?? "");
	}

	protected override itemLine(index: number): string {
		const { items, values } = this;
		const name = items.line(items.of(items.group(Part.item, index), Part.name));
		let value = values[index] ?? "";
		if (/p/i.test(this.flags(index))) value = star.repeat(value.length);
		if (value.length > visible) value = `\u2026${value.slice(-visible)}`;
		return `${name}${name === "" || name.endsWith(":") ? "" : ":"} ${value}${index === this.selected ? cursor : ""}`;
	}

	override key(key: number, ticks: number): boolean {
		const { selected, typing, values } = this;
		if (selected < 0 || typing === undefined || this.isOfCall(key)) return super.key(key, ticks);
		if (key <= Key.pound) {
			if (this.ownKey(key)) return true;
			values[selected] = typing.press(values[selected] ?? "", key, ticks);
		} else if (key === Key.left) this.erase();
		else if (key === Key.right) typing.settle();
		else if (key === Key.select) {
			if (selected + 1 < values.length) this.choose(selected + 1);
			else this.submit();
			return true;
		} else {
			const done = super.key(key, ticks);
			if (this.selected !== selected) this.begin();
			return done;
		}
		this.session.host.pageChanged();
		return true;
	}

	override choose(index: number): void {
		if (index < 0 || index >= this.values.length) return;
		this.selected = index;
		this.begin();
		this.session.host.pageChanged();
	}

	override act(name: string): boolean {
		if (name === "submit" || name === "select") this.submit();
		else if (name === "<<") {
			this.erase();
			this.session.host.pageChanged();
		} else return super.act(name);
		return true;
	}

	private erase(): void {
		const { selected, values } = this;
		this.typing?.settle();
		values[selected] = (values[selected] ?? "").slice(0, -1);
	}

	private submit(): void {
		const { items, session, values } = this;
		let url = items.text(items.first(Part.target));
		session.chosen = this.title;
		if (url === "") return;
		for (let i = 0; i < values.length; i += 1) {
			const name = items.text(items.of(items.group(Part.item, i), Part.parameter));
			if (name !== "") url = withParameter(url, `${encoded(name)}=${encoded(values[i] as string)}`);
		}
		session.run(url);
	}
}
