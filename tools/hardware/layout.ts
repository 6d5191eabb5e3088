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

/** Draws a sheet. The same input gives the same text. */
export async function draw(
	title: string,
	subtitle: string,
	placed: readonly Placed[],
	wires: readonly Wire[],
): Promise<string> {
	const colours = new Map<string, string>();
	const edges: ElkExtendedEdge[] = wires.flatMap(({ ends, colour }, i) => {
		const [source, ...targets] = ends;
		return targets.map((target, j) => {
			const id = `w${i}.${j}`;
			if (colour !== undefined) colours.set(id, colour);
			return { id, sources: [source as string], targets: [target] };
		});
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
	return svg(title, subtitle, laid, new Map(placed.map(({ id, symbol }) => [id, symbol])), colours);
}

function svg(
	title: string,
	subtitle: string,
	laid: ElkNode,
	symbols: ReadonlyMap<string, Figure>,
	colours: ReadonlyMap<string, string>,
): string {
	const width = Math.ceil(Math.max(laid.width ?? 0, 620) + 2 * MARGIN);
	const height = Math.ceil((laid.height ?? 0) + 2 * MARGIN + HEAD);
	const lines = [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
		`<title>${escapeText(title)}</title>`,
		`<style>${STYLE}</style>`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		label(title, MARGIN, 30, ' class="title"'),
		label(subtitle, MARGIN, 48, ' class="small"'),
		`<g transform="translate(${MARGIN} ${MARGIN + HEAD})">`,
	];
	for (const edge of laid.edges ?? []) {
		const colour = colours.get(edge.id);
		const stroke = colour === undefined ? "" : ` style="stroke:${colour}"`;
		for (const { startPoint, bendPoints = [], endPoint } of edge.sections ?? []) {
			const points = [startPoint, ...bendPoints, endPoint].map(({ x, y }) => `${round(x)} ${round(y)}`);
			lines.push(`<path class="wire"${stroke} d="M${points.join("L")}"/>`);
		}
		const fill = colour === undefined ? "" : ` style="fill:${colour}"`;
		for (const { x, y } of edge.junctionPoints ?? []) {
			lines.push(`<circle class="dot"${fill} cx="${round(x)}" cy="${round(y)}" r="2.6"/>`);
		}
	}
	for (const { id, x = 0, y = 0 } of laid.children ?? []) {
		lines.push(`<g transform="translate(${round(x)} ${round(y)})">${symbols.get(id)?.svg ?? ""}</g>`);
	}
	lines.push("</g>", "</svg>");
	return `${lines.join("\n")}\n`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
