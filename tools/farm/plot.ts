/*
 * The load as a picture: calls of each second, times of their dial tone and set-up, and how these are spread. Apache ECharts draws it: of
 * the libraries that are kept well it alone makes SVG without a browser or a stand-in for one, of two packages without natives.
 */

import { createRequire } from "node:module";
import type * as ECharts from "echarts";
import { percentile } from "./measure.js";
import type { LoadResult, Moment } from "./results.js";

const width = 900;
const height = 860;
/** Colours that people who do not tell red from green tell apart (Okabe and Ito). */
const colours = Object.freeze({ ok: "#0072B2", failed: "#D55E00", dialTone: "#009E73", setUp: "#0072B2" });
/** Points of the curve of percentiles. */
const points = 200;

type Figure = "dialTone" | "setUp";

function at(moments: readonly Moment[], figure: Figure, percent: number): (readonly [number, number])[] {
	return moments
		.filter((moment) => moment[figure].length > 0)
		.map(
			(moment) =>
				[
					moment.second,
					percentile(
						[...moment[figure]].sort((one, other) => one - other),
						percent,
					),
				] as const,
		);
}

/** Percent of calls (0 to 100) by the time that they took at most. */
function curve(moments: readonly Moment[], figure: Figure): (readonly [number, number])[] {
	const sorted = moments.flatMap((moment) => moment[figure]).sort((one, other) => one - other);
	if (sorted.length === 0) return [];
	return Array.from({ length: points + 1 }, (_, index) => {
		const percent = (index * 100) / points;
		return [percentile(sorted, percent), percent] as const;
	});
}

/** In one file, of which a program has it in a fifth of the time that its modules take. */
function load(): typeof ECharts {
	try {
		return createRequire(import.meta.url)("echarts") as typeof ECharts;
	} catch {
		throw new Error("plot: ECharts is missing, which draws it: npm install echarts");
	}
}

/**
 * Draws it. @param title what was tried, in a line. @returns an SVG file.
 * @throws an Error that says what to install where there is no ECharts, as in a package that was installed without it.
 */
export function drawLoad(result: LoadResult, title: string): string {
	const echarts = load();
	const { moments } = result;
	const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
	const line = (name: string, grid: number, data: (readonly [number, number])[], colour: string, type = "solid") => ({
		name,
		type: "line" as const,
		xAxisIndex: grid,
		yAxisIndex: grid,
		data: data.map((point) => [...point]),
		showSymbol: data.length === 1,
		color: colour,
		lineStyle: { width: 2, type: type as "solid" | "dashed" },
	});
	const bar = (name: string, value: (moment: Moment) => number, colour: string) => ({
		name,
		type: "bar" as const,
		stack: "calls",
		xAxisIndex: 0,
		yAxisIndex: 0,
		data: moments.map((moment) => [moment.second, value(moment)]),
		color: colour,
	});
	const axis = (grid: number, name: string) => ({
		gridIndex: grid,
		type: "value" as const,
		name,
		nameLocation: "middle" as const,
		nameGap: 28,
		min: 0,
	});
	// bars stand in the middle of their seconds
	const seconds = (grid: number) => ({
		...axis(grid, "seconds"),
		min: -0.5,
		max: moments.length - 0.5,
		minInterval: 1,
	});
	const upright = (grid: number, name: string) => ({ ...axis(grid, name), nameGap: 44 });
	chart.setOption({
		animation: false,
		backgroundColor: "#FFFFFF",
		title: {
			text: title,
			subtext: `${result.callsOk} calls, ${result.callsFailed} failed, ${result.callsNotMade} not made; set-up ${result.setUp.p50} ms (p50), ${result.setUp.p99} ms (p99)`,
			left: "center",
			top: 8,
			textStyle: { fontSize: 15 },
		},
		legend: { bottom: 8, itemGap: 18 },
		grid: [
			{ left: 64, right: 24, top: 76, height: 170 },
			{ left: 64, right: 24, top: 312, height: 190 },
			{ left: 64, right: 24, top: 568, height: 190 },
		],
		xAxis: [seconds(0), seconds(1), axis(2, "milliseconds at most")],
		yAxis: [upright(0, "calls begun"), upright(1, "milliseconds"), upright(2, "percent of calls")],
		series: [
			bar("calls", ({ ok }) => ok, colours.ok),
			bar("calls failed", ({ failed }) => failed, colours.failed),
			line("dial tone, p50", 1, at(moments, "dialTone", 50), colours.dialTone),
			line("dial tone, p99", 1, at(moments, "dialTone", 99), colours.dialTone, "dashed"),
			line("set-up, p50", 1, at(moments, "setUp", 50), colours.setUp),
			line("set-up, p99", 1, at(moments, "setUp", 99), colours.setUp, "dashed"),
			line("dial tone, p50", 2, curve(moments, "dialTone"), colours.dialTone),
			line("set-up, p50", 2, curve(moments, "setUp"), colours.setUp),
		],
	});
	const svg = chart.renderToSVGString();
	chart.dispose();
	return svg;
}
