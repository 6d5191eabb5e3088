/*
 * Lays symbols and their wires out with the Eclipse Layout Kernel (elkjs), from left to right with wires in right angles, and makes
 * one SVG of it.
 */
import ElkConstructor, { type ElkExtendedEdge, type ElkNode } from "elkjs";
import { escapeText, type Figure, label, STYLE } from "./symbols.js";

/** A symbol on a sheet, under a name that wires use. */
export interface Placed {
	readonly id: string;
	readonly symbol: Figure;
}

/** Ends of one net, each PLACED/END; the first is where it comes from. */
export interface Wire {
	readonly ends: readonly string[];
	/** Colour, the usual one when left out. */
	readonly colour?: string;
}

const OPTIONS = Object.freeze({
	"elk.algorithm": "layered",
	"elk.direction": "RIGHT",
	"elk.edgeRouting": "ORTHOGONAL",
	"elk.aspectRatio": "1.6",
	"elk.spacing.nodeNode": "4",
	"elk.spacing.edgeNode": "10",
	"elk.spacing.edgeEdge": "9",
	"elk.spacing.componentComponent": "22",
	"elk.layered.spacing.nodeNodeBetweenLayers": "22",
	"elk.layered.spacing.edgeNodeBetweenLayers": "10",
	"elk.layered.spacing.edgeEdgeBetweenLayers": "9",
	"elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
	"elk.layered.nodePlacement.favorStraightEdges": "true",
	"elk.layered.thoroughness": "40",
	"elk.layered.considerModelOrder.strategy": "PREFER_NODES",
	"elk.randomSeed": "1",
});

const MARGIN = 24;
const HEAD = 44;

/** Where symbols and wires came to lie, in whole units from the upper left corner. */
export interface Arranged {
	readonly width: number;
	readonly height: number;
	readonly placed: readonly { readonly id: string; readonly x: number; readonly y: number }[];
	/** A wire has an edge for each of its ends but the first; `wire` is its number. */
	readonly edges: readonly {
		readonly wire: number;
		readonly points: readonly Point[];
		readonly junctions: readonly Point[];
	}[];
}

/** A place on a sheet, in units. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** Lays symbols and wires out. The same input gives the same places. */
export async function arrange(placed: readonly Placed[], wires: readonly Wire[]): Promise<Arranged> {
	const edges: ElkExtendedEdge[] = wires.flatMap(({ ends }, i) => {
		const [source, ...targets] = ends;
		return targets.map((target, j) => ({ id: `w${i}.${j}`, sources: [source as string], targets: [target] }));
	});
	const graph: ElkNode = {
		id: "sheet",
		layoutOptions: { ...OPTIONS },
		children: placed.map(({ id, symbol }) => ({
			id,
			width: symbol.width,
			height: symbol.height,
			layoutOptions: { "elk.portConstraints": "FIXED_POS" },
			ports: symbol.ends.map(({ name, x, y, side }) => ({
				id: `${id}/${name}`,
				x,
				y,
				width: 0,
				height: 0,
				layoutOptions: { "elk.port.side": side },
			})),
		})),
		edges,
	};
	const Elk = ElkConstructor as unknown as new () => InstanceType<typeof ElkConstructor.default>;
	const laid = await new Elk().layout(graph);
	// Sums that should end in .5 do so nearly: all of them go up.
	const whole = ({ x, y }: Point): Point => ({ x: Math.round(x + 0.001), y: Math.round(y + 0.001) });
	return {
		width: laid.width ?? 0,
		height: laid.height ?? 0,
		placed: (laid.children ?? []).map(({ id, x = 0, y = 0 }) => ({ id, ...whole({ x, y }) })),
		edges: (laid.edges ?? []).map(({ id, sections = [], junctionPoints = [] }) => ({
			wire: Number(id.slice(1).split(".")[0]),
			points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) =>
				[startPoint, ...bendPoints, endPoint].map(whole),
			),
			junctions: junctionPoints.map(whole),
		})),
	};
}

/** Draws a sheet. The same input gives the same text. */
export async function draw(
	title: string,
	subtitle: string,
	placed: readonly Placed[],
	wires: readonly Wire[],
): Promise<string> {
	return svg(
		title,
		subtitle,
		await arrange(placed, wires),
		new Map(placed.map(({ id, symbol }) => [id, symbol])),
		wires,
	);
}

function svg(
	title: string,
	subtitle: string,
	laid: Arranged,
	symbols: ReadonlyMap<string, Figure>,
	wires: readonly Wire[],
): string {
	const width = Math.ceil(Math.max(laid.width, 620) + 2 * MARGIN);
	const height = Math.ceil(laid.height + 2 * MARGIN + HEAD);
	const lines = [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
		`<title>${escapeText(title)}</title>`,
		`<style>${STYLE}</style>`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		label(title, MARGIN, 30, ' class="title"'),
		label(subtitle, MARGIN, 48, ' class="small"'),
		`<g transform="translate(${MARGIN} ${MARGIN + HEAD})">`,
	];
	for (const { wire, points, junctions } of laid.edges) {
		const colour = wires[wire]?.colour;
		const stroke = colour === undefined ? "" : ` style="stroke:${colour}"`;
		lines.push(`<path class="wire"${stroke} d="M${points.map(({ x, y }) => `${x} ${y}`).join("L")}"/>`);
		const fill = colour === undefined ? "" : ` style="fill:${colour}"`;
		for (const { x, y } of junctions) lines.push(`<circle class="dot"${fill} cx="${x}" cy="${y}" r="2.6"/>`);
	}
	for (const { id, x, y } of laid.placed) {
		lines.push(`<g transform="translate(${x} ${y})">${symbols.get(id)?.svg ?? ""}</g>`);
	}
	lines.push("</g>", "</svg>");
	return `${lines.join("\n")}\n`;
}
