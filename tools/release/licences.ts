/*
 * The licences of what an image contains (docs/licences.md), their texts taken from where the image was built of: the Moddable SDK, ESP-IDF,
 * and SpeexDSP, which mcconfig has fetched into the build.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Where the texts are, by the names that they get: of ESP-IDF's components, of the SDK, of this project. */
const idf: Readonly<Record<string, string>> = Object.freeze({
	"ESP-IDF.txt": "LICENSE",
	"FreeRTOS.md": "components/freertos/FreeRTOS-Kernel/LICENSE.md",
	"lwIP.txt": "components/lwip/lwip/COPYING",
	"MbedTLS.txt": "components/mbedtls/mbedtls/LICENSE",
	"newlib.txt": "components/esp_libc/COPYING.NEWLIB",
	"wpa_supplicant.txt": "components/wpa_supplicant/COPYING",
	"esp_phy.txt": "components/esp_phy/lib/LICENSE",
	"micro-ecc.txt": "components/bootloader/subproject/components/micro-ecc/micro-ecc/LICENSE.txt",
	"TLSF.c.txt": "components/heap/tlsf/tlsf.c",
});
const sdk: Readonly<Record<string, string>> = Object.freeze({
	"Moddable-LGPL-3.0.txt": "licenses/lgpl-3.0.txt",
	"Moddable-GPL-3.0.txt": "licenses/gpl-3.0.txt",
	"Moddable-NOTICE.txt": "licenses/NOTICE",
	"Moddable.md": "licenses/readme.md",
});
const own: Readonly<Record<string, string>> = Object.freeze({
	"Linnet.txt": "LICENSE",
	"README.md": "docs/licences.md",
	"Roboto.txt": "hal/display/fonts/licences/Apache-2.0.txt",
	"DejaVu.txt": "hal/display/fonts/licences/DejaVu.txt",
	"MaterialDesignIcons.txt": "hal/display/fonts/licences/OFL-1.1.txt",
	"Fonts.md": "hal/display/fonts/LICENCE.md",
});

export interface Sources {
	readonly project: string;
	/** The SDK's and ESP-IDF's folders: MODDABLE and IDF_PATH. */
	readonly moddable: string;
	readonly idf: string;
}

/** The licence of SpeexDSP in what was built, undefined where no board with an echo canceller was. */
function speexLicence(project: string): string | undefined {
	const built = join(project, "build/device");
	if (!existsSync(built)) return undefined;
	const found = readdirSync(built, { recursive: true, encoding: "utf8" }).find((path) =>
		/xiph\/speexdsp\/.*COPYING$/.test(path),
	);
	return found === undefined ? undefined : join(built, found);
}

/** Writes all texts into a folder. @returns their names. Throws, naming each, where one is not where it is to be. */
export function collectLicences(folder: string, sources: Sources): string[] {
	const files = new Map<string, string>();
	for (const [root, table] of [
		[sources.project, own],
		[sources.moddable, sdk],
		[sources.idf, idf],
	] as const)
		for (const [name, path] of Object.entries(table)) files.set(name, join(root, path));
	files.set(
		"SpeexDSP.txt",
		speexLicence(sources.project) ?? join(sources.project, "build/device/.../xiph/speexdsp/COPYING"),
	);
	const missing = [...files.values()].filter((file) => !existsSync(file));
	if (missing.length > 0) throw new Error(`these licences are missing: ${missing.join(", ")}`);
	mkdirSync(folder, { recursive: true });
	for (const [name, file] of files) copyFileSync(file, join(folder, name));
	return [...files.keys()];
}
