/*
 * What is on the project's site, and where: the bar at the side, for whom each page is. A page under docs/ that stands nowhere here comes last, by
 * its title, so that none is lost.
 */

export interface Chapter {
	readonly title: string;
	/** Files of the project, in the order in which they are read. */
	readonly pages: readonly string[];
}

export const chapters: readonly Chapter[] = Object.freeze([
	{ title: "Begin", pages: ["README.md", "docs/pc.md", "docs/panel.md", "docs/container.md", "docs/flash.md"] },
	{
		title: "Use the phone",
		pages: [
			"docs/guide/README.md",
			"docs/guide/calls.md",
			"docs/guide/together.md",
			"docs/guide/lists.md",
			"docs/guide/services.md",
			"docs/guide/settings.md",
			"docs/guide/touch.md",
			"docs/languages.md",
			"docs/screens.md",
		],
	},
	{
		title: "Look after phones",
		pages: [
			"docs/pbx/README.md",
			"docs/pbx/dhcp-tftp.md",
			"docs/pbx/chan-sccp.md",
			"docs/pbx/chan-sccp2.md",
			"docs/pbx/chan-skinny.md",
			"docs/pbx/freepbx.md",
			"docs/pbx/freeswitch.md",
			"docs/pbx/callmanager.md",
			"docs/provisioning.md",
			"modules/provisioning/README.md",
			"docs/services.md",
			"docs/home.md",
			"docs/web.md",
			"docs/console.md",
			"docs/LOADS.md",
			"docs/security.md",
			"docs/troubleshooting.md",
		],
	},
	{
		title: "Build a phone",
		pages: [
			"hardware/README.md",
			"hardware/deskphone/README.md",
			"hardware/deskphone/wiring.md",
			"hardware/deskphone/parts.md",
			"hardware/esp32_s3_box_3/README.md",
			"hardware/esp32_s3_box_3/wiring.md",
			"hardware/m5stack_cores3/README.md",
			"hardware/m5stack_cores3/wiring.md",
			"hardware/waveshare_amoled_206/README.md",
			"hardware/waveshare_amoled_206/wiring.md",
			"hardware/emulator/README.md",
			"hal/drivers/README.md",
			"docs/codecs.md",
		],
	},
	{
		title: "Write programs",
		pages: ["docs/programs.md", "docs/call.md", "docs/farm.md"],
	},
	{
		title: "Carry it on",
		pages: [
			"docs/ARCHITECTURE.md",
			"docs/sound.md",
			"docs/display.md",
			"docs/measure.md",
			"docs/proof.md",
			"CONTRIBUTING.md",
			"SECURITY.md",
			"CHANGELOG.md",
			"docs/licences.md",
		],
	},
]);

/** Folders whose pages are all on the site. */
export const folders: readonly string[] = Object.freeze(["docs", "hardware"]);
/** Where pages come to stand that no chapter names. */
export const lastChapter = "Carry it on";
