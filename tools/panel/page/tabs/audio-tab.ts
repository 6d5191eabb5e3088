/*
 * How a phone's sound fares: what its counters say now, and levels, jitter, losses, delay and the mean opinion score of the latest minutes
 * as lines over time.
 */
import uPlot from "uplot";
import { element, setText } from "../element.js";
import { type AudioSample, silence } from "./messages.js";
import { AudioSeries, type Column, satisfaction } from "./series.js";

interface Line {
	readonly column: Column;
	readonly name: string;
	/** One of the lines' colours in the page's styles. */
	readonly colour: "one" | "two";
	readonly thin?: boolean;
}

interface Graph {
	readonly title: string;
	readonly unit: string;
	readonly digits: number;
	/** Least and greatest value that the graph has room for at least. */
	readonly range: readonly [least: number, most: number];
	/** Whether values beyond the range make it grow. */
	readonly grows: boolean;
	readonly lines: readonly Line[];
}

const graphs: readonly Graph[] = [
	{
		title: "Level",
		unit: "dB",
		digits: 0,
		range: [silence, 0],
		grows: false,
		lines: [
			{ column: "heard", name: "heard", colour: "one" },
			{ column: "spoken", name: "spoken", colour: "two" },
			{ column: "heardPeak", name: "peak heard", colour: "one", thin: true },
			{ column: "spokenPeak", name: "peak spoken", colour: "two", thin: true },
		],
	},
	{
		title: "Jitter",
		unit: "ms",
		digits: 1,
		range: [0, 5],
		grows: true,
		lines: [
			{ column: "jitter", name: "here", colour: "one" },
			{ column: "remoteJitter", name: "at the far end", colour: "two" },
		],
	},
	{
		title: "Loss",
		unit: "%",
		digits: 1,
		range: [0, 5],
		grows: true,
		lines: [
			{ column: "lost", name: "packets", colour: "one" },
			{ column: "concealed", name: "sound made up", colour: "two" },
		],
	},
	{
		title: "Delay",
		unit: "ms",
		digits: 0,
		range: [0, 50],
		grows: true,
		lines: [
			{ column: "delay", name: "jitter buffer", colour: "one" },
			{ column: "roundTrip", name: "round trip", colour: "two" },
		],
	},
	{
		title: "MOS",
		unit: "",
		digits: 2,
		range: [1, 4.5],
		grows: false,
		lines: [{ column: "mos", name: "latest eight seconds", colour: "one" }],
	},
];

const height = 120;
const axisWidth = 44;
const font = "12px system-ui, sans-serif";
/** Seconds of the time axis at least, so that the first lines do not jump about. */
const leastSpan = 30;

export class AudioTab {
	readonly element: HTMLElement;
	readonly #series = new AudioSeries();
	readonly #score = element("b", {}, "–");
	readonly #opinion = element("span", {});
	readonly #figures = element("dl", { class: "figures" });
	readonly #values = new Map<string, HTMLElement>();
	readonly #plots: Plot[];
	#waiting = false;

	constructor() {
		this.#plots = graphs.map((graph) => new Plot(graph));
		this.element = element(
			"section",
			{ class: "tab-view audio", "aria-label": "Audio" },
			element(
				"div",
				{ class: "audio-now" },
				element("p", { class: "score" }, element("span", {}, "MOS"), this.#score, this.#opinion),
				this.#figures,
			),
			element("div", { class: "graphs" }, ...this.#plots.map((plot) => plot.element)),
		);
		new ResizeObserver(() => this.render()).observe(this.element);
		matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
			for (const plot of this.#plots) plot.discard();
			this.render();
		});
	}

	add(sample: AudioSample): void {
		this.#series.add(sample);
		if (this.element.hidden || this.#waiting) return;
		this.#waiting = true;
		requestAnimationFrame(() => {
			this.#waiting = false;
			this.render();
		});
	}

	render(): void {
		if (this.element.hidden || this.element.clientWidth === 0) return;
		this.#showFigures();
		for (const plot of this.#plots) plot.draw(this.#series);
	}

	#showFigures(): void {
		const { stream, open } = this.#series;
		const mos = this.#series.latest("mos");
		setText(this.#score, mos === null ? "–" : mos.toFixed(2));
		setText(this.#opinion, mos !== null ? satisfaction(mos) : open > 0 ? "not yet known" : "no sound is under way");
		if (stream === undefined) return;
		const way = (codec: string, time: number, packets: number): string =>
			packets === 0 ? "nothing" : `${codec}, ${time} ms, ${packets} packets`;
		const units = (value: number): string => `${(value / 8).toFixed(1)} ms`;
		const score = (value: number): string => (value === 0 ? "–" : (value / 10_000).toFixed(2));
		const reported = stream.roundTrip > 0;
		const figures: readonly (readonly [string, string])[] = [
			["Received", way(stream.codecReceived, stream.packetTimeReceived, stream.packetsReceived)],
			["Sent", way(stream.codecSent, stream.packetTimeSent, stream.packetsSent)],
			["Lost, late, refused", `${stream.packetsLost}, ${stream.packetsLate}, ${stream.packetsDiscarded}`],
			["Jitter, greatest", `${units(stream.jitter)}, ${units(stream.jitterMaximum)}`],
			["Jitter buffer", `${stream.delay} ms`],
			["Round trip", reported ? `${stream.roundTrip} ms` : "no reports"],
			["Lost at the far end", reported ? `${stream.remoteLost}` : "no reports"],
			["MOS, mean, least", [stream.mos, stream.mosAverage, stream.mosMinimum].map(score).join(", ")],
			["Streams", `${open}`],
		];
		for (const [name, text] of figures) {
			let value = this.#values.get(name);
			if (value === undefined) {
				value = element("dd", {});
				this.#values.set(name, value);
				this.#figures.append(element("div", {}, element("dt", {}, name), value));
			}
			setText(value, text);
		}
	}
}

/** Lines in the order in which they are drawn: the first is to lie over the others. */
function upwards(lines: readonly Line[]): readonly Line[] {
	return [...lines].reverse();
}

/** One graph: a title with the latest values, which those have who do not see the lines, and the lines. */
class Plot {
	readonly element: HTMLElement;
	readonly #graph: Graph;
	readonly #values: HTMLElement[];
	readonly #canvas = element("div", { class: "plot", role: "img" });
	#plot: uPlot | undefined;

	constructor(graph: Graph) {
		this.#graph = graph;
		this.#values = graph.lines.map(() => element("b", {}, "–"));
		const legend = graph.lines.flatMap(({ name, colour, thin }, index) =>
			thin ? [] : [element("span", { class: `line ${colour}` }, name, " ", this.#values[index] as HTMLElement)],
		);
		const unit = graph.unit === "" ? "" : ` ${graph.unit}`;
		this.element = element(
			"figure",
			{ "data-graph": graph.title },
			element("figcaption", {}, element("strong", {}, `${graph.title}${unit}`), ...legend),
			this.#canvas,
		);
	}

	/** Has it made anew when it is drawn next, in other colours. */
	discard(): void {
		this.#plot?.destroy();
		this.#plot = undefined;
	}

	draw(series: AudioSeries): void {
		const { lines, digits, title, unit } = this.#graph;
		const texts = lines.map(({ column }) => series.latest(column)?.toFixed(digits) ?? "–");
		texts.forEach((text, index) => {
			setText(this.#values[index] as HTMLElement, text);
		});
		const said = lines.map(({ name }, index) => `${name} ${texts[index] === "–" ? "nothing" : texts[index]}`);
		this.#canvas.setAttribute(
			"aria-label",
			`${title} over time${unit === "" ? "" : ` in ${unit}`}: ${said.join(", ")}`,
		);
		const data: uPlot.AlignedData = [
			series.column("time") as number[],
			...upwards(lines).map(({ column }) => series.column(column)),
		];
		const width = this.#canvas.clientWidth;
		if (width === 0) return;
		this.#plot ??= new uPlot(this.#options(width), data, this.#canvas);
		if (this.#plot.width !== width) this.#plot.setSize({ width, height });
		this.#plot.setData(data);
	}

	#options(width: number): uPlot.Options {
		const { range, grows, lines } = this.#graph;
		const styles = getComputedStyle(this.#canvas);
		const colour = (name: string): string => styles.getPropertyValue(`--plot-${name}`).trim();
		const axis = { stroke: colour("text"), font, grid: { stroke: colour("grid"), width: 1 }, ticks: { show: false } };
		const [least, most] = range;
		return {
			width,
			height,
			legend: { show: false },
			cursor: { show: false },
			padding: [8, 8, 0, 0],
			scales: {
				x: { range: (_plot, from, to) => [Math.min(from, to - leastSpan), to] },
				y: { range: (_plot, _from, to) => [least, grows ? Math.max(most, (to ?? most) * 1.1) : most] },
			},
			axes: [
				{ ...axis, size: 26, space: 70, values: "{HH}:{mm}:{ss}" },
				{ ...axis, size: axisWidth, space: 24 },
			],
			series: [
				{},
				...upwards(lines).map(
					({ colour: name, thin }): uPlot.Series => ({
						stroke: colour(name),
						width: thin ? 1 : 2,
						...(thin ? { dash: [2, 3] } : {}),
						points: { show: false },
					}),
				),
			],
		};
	}
}
