/*
 * A built firmware: where the SDK leaves it, and the parts that go into flash as ESP-IDF lists them (flasher_args.json).
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { projectRoot } from "../phone/project.js";

export interface Part {
	/** Octets from the start of flash. */
	readonly offset: number;
	readonly file: string;
}

export interface Image {
	/** 'esp32s3'. */
	readonly chip: string;
	readonly parts: readonly Part[];
	/** Of the flash that it is made for; 0 when ESP-IDF has not said. */
	readonly flashOctets: number;
}

/** Octets of a flash size as esptool writes it: '16MB', '512KB'. */
function octetsOf(size: string | undefined): number {
	const [, count, unit] = /^(\d+)(KB|MB)$/.exec(size ?? "") ?? [];
	return Number(count ?? 0) * (unit === "MB" ? 1 << 20 : 1 << 10);
}

/** No firmware, or one that cannot be used; the message says what to do. */
export class ImageError extends Error {}

/** The application among an image's parts: the longest. */
export function applicationFile({ parts }: Image): string {
	const [first, ...others] = parts.map(({ file }) => file);
	if (first === undefined) throw new ImageError("this image has no parts: run device:build again");
	return others.reduce((one, other) => (statSync(other).size > statSync(one).size ? other : one), first);
}

/** The folder that a board's firmware is made in. */
export function outputFolder(board: string, root = projectRoot): string {
	return join(root, "build/device", board);
}

/**
 * The ESP-IDF project that mcconfig makes: its name ends in the chip's, above it stand platform, board, 'release' or 'debug', and
 * the name of this project's folder.
 */
export function idfProject(board: string, debug: boolean, root = projectRoot): string {
	const name = root.split("/").filter(Boolean).at(-1) ?? "";
	return join(outputFolder(board, root), "tmp/esp32", board, debug ? "debug" : "release", name, "xsProj-esp32s3");
}

/** @throws ImageError when nothing has been built, or the list of parts names a file that is missing. */
export function readImage(project: string): Image {
	const list = join(project, "build/flasher_args.json");
	if (!existsSync(list))
		throw new ImageError(`no firmware in ${relative(projectRoot, project)}: run device:build first`);
	const {
		flash_files: files,
		flash_settings: settings,
		extra_esptool_args: extra,
	} = JSON.parse(readFileSync(list, "utf8")) as {
		flash_files?: Record<string, string>;
		flash_settings?: { flash_size?: string };
		extra_esptool_args?: { chip?: string };
	};
	const parts = Object.entries(files ?? {})
		.map(([offset, file]) => ({ offset: Number(offset), file: join(dirname(list), file) }))
		.sort((a, b) => a.offset - b.offset);
	if (parts.length === 0) throw new ImageError(`${list} lists nothing to flash: run device:build again`);
	for (const { file } of parts)
		if (!existsSync(file)) throw new ImageError(`${file} is missing: run device:build again`);
	return { chip: extra?.chip ?? "", parts, flashOctets: octetsOf(settings?.flash_size) };
}
