/*
 * How a board is wired, from its pin map: tables in Markdown, and a picture of the processor with the parts around it.
 */
import type { Board, KeypadDescription, Pin } from "../../hal/esp32s3/board.js";
import { keyName, lampName } from "./keys.js";
import { draw, type Placed, type Wire } from "./layout.js";
import { box } from "./symbols.js";

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
	return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** The wiring of a board as a page. */
export function wiringPage(board: Board): string {
	const parts = new Map(board.parts.map((part) => [part.id, part]));
	const pins = Object.values(board.pins).sort((a, b) => a.gpio - b.gpio);
	const goesTo = (pin: Pin): string =>
		pin.to
			.map((terminal) => {
				const [id = "", name = ""] = terminal.split(".");
				return `${id} ${parts.get(id)?.part ?? ""} ${name}`;
			})
			.join("<br>");
	const sections = [
		`# Wiring: ${board.title}`,
		"Made from [board.ts](board.ts) by `npm run hardware:draw`; `npm run hardware:check` refuses a page that is out of date.",
		`Processor: ${board.chip}. Pins in use: ${pins.length}.`,
		table(
			["GPIO", "net", "carries", "unit", "goes to", "remark"],
			pins.map((pin) => [
				String(pin.gpio),
				pin.net,
				pin.function,
				pin.unit === undefined ? "" : String(pin.unit),
				goesTo(pin),
				[pin.strapping === undefined ? "" : `strapping pin: ${pin.strapping}`, pin.wakes ? "can wake the chip" : ""]
					.filter((remark) => remark !== "")
					.join("; "),
			]),
		),
		"## I2C",
		table(
			["bus", "address", "part", "what"],
			board.parts.flatMap(({ id, part, what, i2c }) =>
				(i2c?.addresses ?? []).map((address) => [
					`${i2c?.unit}`,
					`0x${address.toString(16).padStart(2, "0")}`,
					`${id} ${part}`,
					what,
				]),
			),
		),
		...keySection(board.keypad),
		...lampSection(board),
	];
	return `${sections.join("\n\n")}\n`;
}

function keySection(keypad: KeypadDescription): string[] {
	if (keypad.kind === "touch" || keypad.kind === "control") return [];
	const { keys } = keypad.matrix;
	const columns = (keys[0] ?? []).map((_, column) => `column ${column}`);
	const rows = keys.map((row, i) => [`row ${i}`, ...row.map((key) => (key === -1 ? "" : `\`${keyName(key)}\``))]);
	return ["## Keys", table(["", ...columns], rows)];
}

function lampSection({ lamps }: Board): string[] {
	if (lamps?.kind !== "leds") return [];
	const channel = (number: number | undefined): string => (number === undefined || number < 0 ? "" : `LED${number}`);
	const rows = lamps.red
		.map((red, lamp) => [lampName(lamp), channel(red), channel(lamps.green[lamp])])
		.filter(([, red, green]) => red !== "" || green !== "");
	return ["## Lamps", "Amber is red and green together.", table(["lamp", "red", "green"], rows)];
}

/** Colours of wires by the first word of what they carry. */
const COLOURS: Readonly<Record<string, string>> = Object.freeze({
	i2s: "#b5382c",
	i2c: "#7a3fa0",
	spi: "#1f6fb2",
	usb: "#b07a00",
	uart: "#5a6b00",
});
const PLAIN = "#3b7d4f";

/** The processor in the middle, the parts that its pins go to on both sides; `built` from a circuit of our own or bought. */
export async function drawWiring(board: Board, built: boolean): Promise<string> {
	const groups = groupParts(board);
	const left: string[] = [];
	const right: string[] = [];
	const count = (ids: readonly string[]): number => pinsOf(board, ids).length;
	for (const group of groups) (count(left) < count(right) ? left : right).push(...group);

	const processor = board.parts[0]?.id ?? "";
	const name = ({ gpio, net }: Pin): string => `${net}  GPIO ${gpio}`;
	const leftPins = pinsOf(board, left);
	const rightPins = pinsOf(board, right);
	const placed: Placed[] = [
		{
			id: processor,
			symbol: box(
				processor,
				board.chip,
				leftPins.map((pin) => `GPIO ${pin.gpio}  ${pin.net}`),
				rightPins.map(name),
			),
		},
	];
	const wires: Wire[] = [];
	for (const part of board.parts.filter(({ id }) => id !== processor)) {
		const west = left.includes(part.id);
		const terminals = Object.values(board.pins)
			.flatMap(({ to }) => to)
			.filter((terminal) => terminal.startsWith(`${part.id}.`))
			.map((terminal) => terminal.slice(part.id.length + 1));
		if (terminals.length === 0) continue;
		const symbol = box(`${part.id}  ${part.what}`, part.part, west ? [] : terminals, west ? terminals : []);
		placed.push({ id: part.id, symbol });
	}
	for (const pin of [...leftPins, ...rightPins]) {
		const west = leftPins.includes(pin);
		const own = `${processor}/${west ? `GPIO ${pin.gpio}  ${pin.net}` : name(pin)}`;
		const ends = pin.to.map((terminal) => terminal.replace(".", "/"));
		const colour = COLOURS[pin.function.split(" ")[0] as string] ?? PLAIN;
		if (west) for (const end of ends) wires.push({ ends: [end, own], colour });
		else wires.push({ ends: [own, ...ends], colour });
	}
	return draw(
		`Wiring: ${board.title}`,
		`${built ? "Signals; supplies are in the schematic" : "Signals, as the maker wired them"}. Made from board.ts`,
		placed,
		wires,
	);
}

/** Parts that share a net go together, those with most pins first. */
function groupParts(board: Board): string[][] {
	const groups: string[][] = [];
	for (const { to } of Object.values(board.pins)) {
		const ids = [...new Set(to.map((terminal) => terminal.split(".")[0] as string))];
		const touched = groups.filter((group) => group.some((id) => ids.includes(id)));
		for (const group of touched) groups.splice(groups.indexOf(group), 1);
		groups.push([...new Set([...touched.flat(), ...ids])]);
	}
	return groups.sort((a, b) => pinsOf(board, b).length - pinsOf(board, a).length);
}

/** Pins that go to any of some parts, part by part. */
function pinsOf(board: Board, ids: readonly string[]): Pin[] {
	const pins = ids.flatMap((id) =>
		Object.values(board.pins).filter(({ to }) => to.some((terminal) => terminal.startsWith(`${id}.`))),
	);
	return [...new Set(pins)];
}
