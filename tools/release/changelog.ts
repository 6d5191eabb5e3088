/*
 * What CHANGELOG.md says of a version, as Keep a Changelog has it, and what a release wants of it.
 */

const unreleased = "Unreleased";

/** Texts of the versions, by name without brackets and date: '0.2.0', 'Unreleased'. */
export function versionsOf(changelog: string): Map<string, string> {
	const [, ...sections] = changelog.split(/^## /m);
	return new Map(
		sections.map((section) => {
			const [heading = ""] = section.split("\n", 1);
			const [, name = ""] = /^\[?([^\]\s]+)/.exec(heading) ?? [];
			return [name, section.slice(heading.length).trim()];
		}),
	);
}

/**
 * What a release says of itself: the section of its version. Throws, in one line, where the tag is not that of package.json's version, or where
 * CHANGELOG.md has nothing of it, or still has something under Unreleased.
 */
export function notesOf(tag: string, version: string, changelog: string): string {
	if (tag !== `v${version}`) throw new Error(`the tag of version ${version} (package.json) is v${version}, not ${tag}`);
	const versions = versionsOf(changelog);
	const notes = versions.get(version);
	if (notes === undefined || notes === "") throw new Error(`CHANGELOG.md has no section "## ${version}" with a text`);
	if ((versions.get(unreleased) ?? "") !== "")
		throw new Error(`CHANGELOG.md has something under "## ${unreleased}": move it to "## ${version}"`);
	return notes;
}
