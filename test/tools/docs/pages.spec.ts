/*
 * The pages for administrators (docs/): what stands in them to be copied is judged by what reads it, the phone's own reader of configuration
 * files, dnsmasq and ISC's dhcpd; and the page about the display's texts has every text that the phone can show on its way to a
 * registration, as a scan of the sources finds them.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { english, Word, type WordName } from "base/words";
import { assert } from "chai";
import { ConfigurationReader } from "provisioning/reader";
import { XmlReader } from "xml/reader";
import { removeFolder, temporaryFolder } from "../../../tools/phone/temporary.js";
import { feed, utf8 } from "../../modules/support/xml.js";
import { root } from "../../support/host.js";
import { needs } from "../../support/optional.js";

/** Type of the phone that reads XMLDefault.cnf.xml: a Cisco 7960. */
const deviceType = 7;
/** The PBX of all pages. */
const callAgent = "192.0.2.10:2000";

interface Block {
	page: string;
	language: string;
	/** Where the block's text is to stand, '' where the page names no file. */
	file: string;
	text: string;
}

function list(folder: string): string[] {
	return readdirSync(join(root, folder))
		.filter((name) => name.endsWith(".md"))
		.map((name) => `${folder}/${name}`);
}

function read(page: string): string {
	return readFileSync(join(root, page), "utf8");
}

/** The fenced blocks of a page; one in a list is indented, and what stands in it by as much. */
function blocksOf(page: string): Block[] {
	return [...read(page).matchAll(/^( *)```(\w+)(?: (\S+))?\n([\s\S]*?)^\1```$/gm)].map((match) => {
		const [, indent = "", language = "", file = "", text = ""] = match;
		return { page, language, file, text: text.replaceAll(new RegExp(`^${indent}`, "gm"), "") };
	});
}

const blocks = list("docs/pbx").flatMap(blocksOf);
/** Configuration files of phones, sccp_manager's template among them. */
const phoneFiles = blocks.filter(({ file }) => file.includes(".cnf.xml"));

/** The one block that is to be this file. */
function blockOf(file: string): Block {
	const [block, ...more] = blocks.filter((candidate) => candidate.file === file);
	assert(block !== undefined && more.length === 0, `${file} stands once in docs/pbx`);
	return block;
}

/** Runs a program over a block's text in a file. @returns what it says, with its status in front. */
function judge(block: Block, program: string, ...words: string[]): string {
	const folder = temporaryFolder("pages");
	try {
		const file = join(folder, basename(block.file));
		writeFileSync(file, block.text);
		const { status, stdout, stderr } = spawnSync(
			program,
			words.map((word) => word.replace("FILE", file)),
			{ encoding: "utf8", env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } },
		);
		return `${status} ${stdout}${stderr}`;
	} finally {
		removeFolder(folder);
	}
}

function has(program: string): boolean {
	return (`${process.env.PATH}:/usr/sbin`.split(":") as string[]).some((folder) => existsSync(join(folder, program)));
}

describe("pages for administrators", () => {
	it("are found from the main page and from their index", () => {
		for (const page of [
			"docs/pbx/README.md",
			"docs/troubleshooting.md",
			"docs/services.md",
			"docs/web.md",
			"docs/screens.md",
			"docs/guide/README.md",
			"docs/provisioning.md",
			"docs/security.md",
			"docs/proof.md",
			"docs/licences.md",
		])
			assert.include(read("README.md"), `(${page})`);
		for (const page of list("docs/pbx"))
			if (!page.endsWith("README.md")) assert.include(read("docs/pbx/README.md"), `(${basename(page)})`);
	});

	it("name phones as phones name themselves", () => {
		const names = list("docs/pbx").flatMap((page) => [...read(page).matchAll(/SEP[0-9A-Fa-f]{4,}\b(?!\.cnf\.xml_)/g)]);
		assert.isAbove(names.length, 10);
		for (const [name] of names) assert.match(name, /^SEP[0-9A-F]{12}$/);
	});

	it("have configuration files that the phone takes without a word", () => {
		assert.isAtLeast(phoneFiles.length, 3);
		for (const { page, file, text } of phoneFiles) {
			const lines: string[] = [];
			const reader = new ConfigurationReader(new XmlReader(), (line) => lines.push(line));
			reader.begin(basename(file), deviceType);
			feed(reader, utf8(text), 7);
			assert.isTrue(reader.complete(), `${page} ${file}: ${reader.line} ${reader.reason}`);
			assert.deepEqual(reader.configuration.callAgents, [callAgent], `${page} ${file}`);
			assert.deepEqual(lines, [], `${page} ${file}`);
			assert.strictEqual(reader.configuration.forDevice, !file.includes("XMLDefault"), `${page} ${file}`);
		}
	});

	it("tell of services in elements that the phone uses", () => {
		const uses = read("modules/provisioning/README.md");
		const lines = blocksOf("docs/services.md").filter(({ language, file }) => language === "xml" && file === "");
		assert.lengthOf(lines, 2);
		for (const { text } of lines) {
			const names = [...text.matchAll(/^<(\w+)>http:\/\/192\.0\.2\.10[^<]*<\/\1>$/gm)].map(([, name = ""]) => name);
			assert.lengthOf(names, text.trim().split("\n").length, text);
			for (const name of names) assert.include(uses, `| \`${name}\` | used |`);
		}
	});

	it("have XML that is whole where it is for others", () => {
		const named = blocksOf("docs/services.md").filter(({ file }) => file !== "");
		const others = [...blocks, ...named].filter((block) => block.language === "xml" && !phoneFiles.includes(block));
		assert.isAtLeast(others.length, 4);
		for (const { page, file, text } of others) {
			const reader = new XmlReader();
			reader.begin({ start() {}, end() {} });
			feed(reader, utf8(text), 64);
			assert.isTrue(reader.end(), `${page} ${file}: ${reader.error}`);
		}
	});

	it("have options 150 and 66 of each DHCP server lead to the same server", () => {
		const dnsmasq = blockOf("/etc/dnsmasq.d/phones.conf").text;
		assert.match(dnsmasq, /^dhcp-option=150,192\.0\.2\.10$/m);
		assert.match(dnsmasq, /^dhcp-option=66,192\.0\.2\.10$/m);
		const dhcpd = blockOf("/etc/dhcp/dhcpd.conf").text;
		assert.match(dhcpd, /code 150 = array of ip-address/);
		assert.match(dhcpd, /option tftp-servers 192\.0\.2\.10;/);
		assert.match(dhcpd, /option tftp-server-name "192\.0\.2\.10";/);
		const { Dhcp4: kea } = JSON.parse(blockOf("/etc/kea/kea-dhcp4.conf").text);
		assert.include(kea["option-def"][0], { code: 150, type: "ipv4-address", array: true });
		const given = Object.fromEntries(
			kea.subnet4[0]["option-data"].map(({ name, data }: { name: string; data: string }) => [name, data]),
		);
		assert.include(given, { [kea["option-def"][0].name]: "192.0.2.10", "tftp-server-name": "192.0.2.10" });
	});

	it("have a file that dnsmasq takes", function () {
		needs(this, has("dnsmasq"), "dnsmasq is missing: apt-get install dnsmasq-base");
		const block = blockOf("/etc/dnsmasq.d/phones.conf");
		const test = ["--test", "--conf-file=FILE"];
		assert.strictEqual(judge(block, "dnsmasq", ...test), "0 dnsmasq: syntax check OK.\n");
		assert.notMatch(judge({ ...block, text: block.text.replace("dhcp-range", "dhcp-rage") }, "dnsmasq", ...test), /^0/);
	});

	it("have a file that ISC's dhcpd takes", function () {
		needs(this, has("dhcpd"), "dhcpd is missing: apt-get install isc-dhcp-server");
		const block = blockOf("/etc/dhcp/dhcpd.conf");
		const test = ["-t", "-q", "-cf", "FILE"];
		assert.match(judge(block, "dhcpd", ...test), /^0 /);
		assert.notMatch(judge({ ...block, text: block.text.replace("tftp-servers", "t-servers") }, "dhcpd", ...test), /^0/);
	});
});

describe("trouble-shooting by what the display says", () => {
	/** First cells of all tables, in which the display's texts stand in italics. */
	const shown = [...read("docs/troubleshooting.md").matchAll(/^\| ([^|]*) \|/gm)]
		.map(
			([, cell = ""]) =>
				cell
					.replaceAll("\\*", "\u2217")
					.replaceAll("\\<", "<")
					.match(/\*[^*]*\*/g)
					?.join("\n") ?? "",
		)
		.join("\n")
		.replaceAll("\u2217", "*");

	/** Refuses a page that lacks any of these, and says which. */
	function explained(texts: readonly string[]): void {
		assert.deepEqual(
			texts.filter((text) => !shown.includes(text)),
			[],
			"docs/troubleshooting.md does not have",
		);
	}

	function source(file: string): string {
		return readFileSync(join(root, file), "utf8");
	}

	/** Sources of rooms, one text each. */
	function sources(...folders: string[]): string[] {
		return folders.flatMap((folder) =>
			readdirSync(join(root, folder))
				.filter((name) => name.endsWith(".ts"))
				.map((name) => source(`${folder}/${name}`)),
		);
	}

	/** The words of a part of the table, by the comment that begins it. */
	function part(title: string): string[] {
		const table = source("modules/base/words.ts");
		const from = table.indexOf(`\t// ${title}\n`);
		assert.isAbove(from, 0, `the table of words has a part "${title}"`);
		const end = table.indexOf("\n\n", from);
		return [...table.slice(from, end < 0 ? table.indexOf("});", from) : end).matchAll(/^\t\w+: "(.*)",$/gm)].map(
			([, word = ""]) => word,
		);
	}

	/** What of a template, or of a format of C, is always shown: the pieces between what is filled in, if they are long enough to be told by. */
	function pieces(template: string): string[] {
		return template
			.split(/\$\{[^}]*\}|%(?:\.\*)?[0-9]*l?[dsux]/)
			.map((piece) => piece.replace(/^[\s,:]+/, "").trim())
			.filter((piece) => /[a-z]{2}.*[a-z]{2}/i.test(piece));
	}

	it("has each word of the way to the registration, of how connections end, and each notice", () => {
		for (const [title, least] of [
			["the way to registration", 25],
			["how a connection ended", 10],
			["notices", 15],
		] as const) {
			const words = part(title);
			assert.isAtLeast(words.length, least, title);
			explained(words);
		}
	});

	it("has each word that boot, station, network and Wi-Fi show as what they do or what is wrong", () => {
		const shows = /(?:problem = |\.enter\(|\.fail\(|\.failed\(|\.retry\(|\.notice\(|\.say\(|reason = )[^;]*/g;
		const texts = [
			...sources("modules/provisioning", "modules/station", "modules/network"),
			source("hal/esp32s3/wifi.ts"),
			source("hal/esp32s3/uplink.ts"),
		].join("\n");
		const names = [...texts.matchAll(shows)].flatMap(([call]) =>
			[...call.matchAll(/Word\.(\w+)/g)].map(([, name = ""]) => name),
		);
		assert.isAbove(names.length, 20);
		explained(names.map((name) => english[Object.keys(Word).indexOf(name as WordName)] ?? `the word ${name}`));
	});

	it("has each reason why a file did not come", () => {
		const reasons = sources("modules/net", "modules/provisioning").flatMap((text) =>
			[...text.matchAll(/Failure\.\w+,\s*(?:`([^`]*)`|"([^"]*)")/g)].flatMap(([, template, plain]) =>
				pieces(template ?? plain ?? ""),
			),
		);
		assert.isAbove(reasons.length, 20);
		explained(reasons);
	});

	it("has each reason to refuse a configuration file", () => {
		const reasons = [source("modules/xml/reader.ts"), source("modules/provisioning/reader.ts")].flatMap((text) =>
			[...text.matchAll(/(?:refuse\(|emptyReason = )(?:`([^`]*)`|"([^"]*)")/g)].flatMap(([, template, plain]) =>
				pieces(template ?? plain ?? ""),
			),
		);
		assert.isAbove(reasons.length, 25);
		explained(reasons);
	});

	it("has each reason to refuse a load", () => {
		const files = [
			"hal/loads/signed_load.c",
			"hal/host/update.c",
			"hal/esp32s3/update.c",
			"hal/host/update.ts",
			"hal/esp32s3/update.ts",
			"modules/provisioning/load.ts",
		];
		// sentences, as they begin with one of these
		const sentence = /["`]((?:it|its|there|this|nothing|%lu octets) [^"`\n]*)["`]/g;
		const reasons = files.flatMap((file) =>
			[...source(file).matchAll(sentence)].flatMap(([, text = ""]) => pieces(text)),
		);
		assert.isAbove(reasons.length, 20);
		explained(reasons);
	});
});
