// Reading cnf.xml files into a configuration: what values become, what is refused whole, what is stored and read back.
import { assert } from "chai";
import { Limits } from "limits";
import type { ConfigurationListener } from "provisioning/boot";
import { Configuration } from "provisioning/configuration";
import { elements, type KeptElement, Kind, kept } from "provisioning/elements";
import { CnfXmlFormat } from "provisioning/format";
import { ConfigurationReader } from "provisioning/reader";
import { callAgentsIn, deserialise, serialise } from "provisioning/stored";
import { XmlReader } from "xml/reader";
import { feed, utf8 } from "../support/xml.js";

const agent = "<member priority='0'><callManager><processNodeName>192.0.2.1</processNodeName></callManager></member>";

function group(members: string): string {
	return `<callManagerGroup><members>${members}</members></callManagerGroup>`;
}

/** A whole file of a phone with one call agent and what else there is. */
function device(rest: string, members = agent, pool = ""): string {
	return `<device><devicePool>${group(members)}${pool}</devicePool>${rest}</device>`;
}

class Rig {
	readonly lines: string[] = [];
	readonly reader = new ConfigurationReader(new XmlReader(), (line) => this.lines.push(line));

	read(document: string, step = 7): boolean {
		this.lines.length = 0;
		this.reader.begin("SEP001122334455.cnf.xml", 119);
		feed(this.reader, utf8(document), step);
		return this.reader.complete();
	}

	/** The configuration of a file that must be good; `rest` stands behind devicePool. */
	configuration(document: string): Configuration {
		assert.isTrue(this.read(document), this.reader.reason);
		return this.reader.configuration;
	}
}

describe("configuration file", () => {
	it("leaves the defaults where it says nothing, or nothing in an element", () => {
		const rig = new Rig();
		const defaults = new Configuration();
		defaults.forDevice = true;
		defaults.callAgents = ["192.0.2.1:2000"];
		assert.deepEqual(rig.configuration(device("")), defaults);
		const empty = elements.filter(({ kind, path }) => kind >= Kind.text && !path.includes("/"));
		assert.isAbove(empty.length, 20);
		for (const { path } of empty) assert.deepEqual(rig.configuration(device(`<${path}> </${path}>`)), defaults, path);
		assert.isEmpty(rig.lines);
	});

	it("takes the IANA name of the time zone where the other one is empty or none", () => {
		const rig = new Rig();
		const zone = (names: string): string =>
			rig.configuration(device("", agent, `<dateTimeSetting>${names}</dateTimeSetting>`)).timeZone;
		const olson = "<olsonTimeZone>Europe/Amsterdam</olsonTimeZone>";
		assert.strictEqual(zone(`<timeZone/>${olson}`), "Europe/Amsterdam");
		assert.strictEqual(zone(`<timeZone>Atlantis Standard Time</timeZone>${olson}`), "Europe/Amsterdam");
		assert.strictEqual(zone(`<timeZone>GMT Standard/Daylight Time</timeZone>${olson}`), "GMT Standard/Daylight Time");
		assert.strictEqual(zone(`${olson}<timeZone>GMT Standard Time</timeZone>`), "GMT Standard Time");
		assert.strictEqual(zone("<olsonTimeZone>Europe/Atlantis</olsonTimeZone>"), "");
		assert.isEmpty(rig.lines);
	});

	it("puts call agents in order of priority, with the port of each", () => {
		const member = (priority: string, host: string, port: string) =>
			`<member priority="${priority}"><callManager><ports><ethernetPhonePort>${port}</ethernetPhonePort></ports>
			<processNodeName>${host}</processNodeName></callManager></member>`;
		const rig = new Rig();
		const list = (...members: string[]) => rig.configuration(device("", members.join(""))).callAgents;
		assert.deepEqual(list(member("2", "c", "2002"), member("0", "a", ""), member("1", " b.example.net ", "2443")), [
			"a:2000",
			"b.example.net:2443",
			"c:2002",
		]);
		assert.deepEqual(list(member("0", "a", ""), member("0", "b", ""), member("0", "", "7")), ["a:2000", "b:2000"]);
		assert.isEmpty(rig.lines);
		assert.deepEqual(list(member("x", "a", "70000"), member("1", "b", "")), ["b:2000", "a:2000"]);
		assert.lengthOf(rig.lines, 2);
		assert.deepEqual(list(member("0", "[::1]", ""), member("1", "b", "")), ["b:2000"]);
		assert.include(rig.lines[0], '<processNodeName> is "[::1]", not a host name or an IPv4 address');
		const many = [0, 1, 2, 3, 4, 5].map((i) => member(`${i}`, `a${i}`, ""));
		assert.lengthOf(list(...many), Limits.callAgents);
		assert.include(rig.lines[0], "a5:2000 is left out");
		// whatever the order in which they stand, the best stay
		assert.deepEqual(
			list(...many.reverse()),
			[0, 1, 2, 3, 4].map((i) => `a${i}:2000`),
		);
		assert.deepEqual(
			rig.lines.map((line) => /: (more.*)/.exec(line)?.[1]),
			["more than 5 call agents: a5:2000 is left out"],
		);
	});

	it("reads every element with a value into its field, and keeps the default when it is out of range", () => {
		const rig = new Rig();
		const fields = new Configuration() as unknown as Record<string, unknown>;
		const wrap = (path: string, value: string) => {
			const parts = path.split("/");
			const inner = `${parts.map((part) => `<${part}>`).join("")}${value}${parts
				.map((part) => `</${part}>`)
				.reverse()
				.join("")}`;
			return parts[0] === "devicePool" ? device("", agent, inner.slice(12, -13)) : device(inner);
		};
		const check = ({ path, kind, field, minimum, maximum }: KeptElement) => {
			const read = (value: string) =>
				(rig.configuration(wrap(path, value)) as unknown as Record<string, unknown>)[field];
			const expect = (value: string, expected: unknown) => {
				assert.deepEqual(read(value), expected, `${path} ${value}`);
				assert.isEmpty(
					rig.lines.filter((line) => !line.includes("asks for TLS")),
					path,
				);
			};
			const refuse = (value: string) => {
				assert.deepEqual(read(value), fields[field], `${path} ${value}`);
				assert.lengthOf(rig.lines, 1, `${path} ${value}`);
				assert.match(rig.lines[0] ?? "", /^SEP001122334455\.cnf\.xml line 1: /);
			};
			switch (kind) {
				case Kind.text:
					expect("a &amp; é", "a & é".slice(0, maximum));
					expect("x".repeat(maximum), "x".repeat(maximum));
					refuse("x".repeat(maximum + 1));
					refuse("x".repeat(2000));
					return;
				case Kind.number:
					expect(`${minimum}`, minimum);
					expect(` ${maximum}\n`, maximum);
					for (const bad of [`${maximum + 1}`, `${minimum - 1}`, "1x", "-", "99999999999", "1.0"]) refuse(bad);
					return;
				case Kind.flag:
					for (const yes of ["1", "true", "TRUE", "Yes", "Enabled"]) expect(yes, true);
					for (const no of ["0", "false", "No", "disable"]) expect(no, false);
					refuse("2");
					return;
				case Kind.time:
					expect("00:00", 0);
					expect("7:05", 425);
					expect("24:00", 1440);
					for (const bad of ["24:01", "1:60", "100:00", "1:1", "ab:cd", "12", ":30"]) refuse(bad);
					return;
				case Kind.days:
					expect("1,7", 65);
					expect("1, 2, 3,4,5,6,7", 127);
					for (const bad of ["0", "8", "11", "Mon"]) refuse(bad);
					return;
				case Kind.host:
				case Kind.server:
					expect("10.0.0.1", "10.0.0.1");
					expect("a-b_c.example.net", "a-b_c.example.net");
					for (const bad of ["a b", "http://x", "a:0:1", "é"]) refuse(bad);
					if (kind === Kind.server) {
						expect("10.0.0.1:5140", "10.0.0.1:5140");
						for (const bad of ["a:0", "a:65536", "a:", ":514", "a:123456", "a:5x"]) refuse(bad);
					}
					return;
				default:
			}
		};
		let count = 0;
		for (const element of elements) {
			if (!("field" in element) || element.kind >= Kind.protocol) continue;
			assert.property(fields, element.field, element.path);
			if (element.path !== "devicePool/dateTimeSetting/dateTemplate") check(element);
			count += 1;
		}
		assert.isAbove(count, 40);
	});

	it("takes what vendorConfig says before what commonConfig and enterpriseConfig say, in any order", () => {
		const rig = new Rig();
		const own = "<vendorConfig><webAccess>1</webAccess></vendorConfig>";
		const common = "<commonConfig><webAccess>2</webAccess><rtcp>1</rtcp></commonConfig>";
		const all =
			"<enterpriseConfig><webAccess>0</webAccess><rtcp>0</rtcp><settingsAccess>2</settingsAccess></enterpriseConfig>";
		for (const order of [own + common + all, all + common + own, common + own + all, all + own + common]) {
			const { webAccess, rtcp, settingsAccess } = rig.configuration(device(order));
			assert.deepEqual([webAccess, rtcp, settingsAccess], [1, true, 2]);
		}
	});

	it("reads survivors, time servers and phone services", () => {
		const rig = new Rig();
		const srst = (option: string) => `<srstInfo><ipAddr1>r1</ipAddr1><port1>2001</port1><ipAddr3>10.0.0.3</ipAddr3>
			<srstOption>${option}</srstOption><port2/></srstInfo>`;
		assert.deepEqual(rig.configuration(device("", agent, srst("Enable"))).survivors, ["r1:2001", "10.0.0.3:2000"]);
		assert.deepEqual(rig.configuration(device("", agent, srst("Disable"))).survivors, []);
		const ntp = (name: string) => `<ntp><name>${name}</name><ntpMode>Unicast</ntpMode></ntp>`;
		const pool = `<dateTimeSetting><ntps>${["a", "b", "c", "d", "e"].map(ntp).join("")}</ntps></dateTimeSetting>`;
		assert.deepEqual(rig.configuration(device("", agent, pool)).ntpServers, ["a", "b", "c", "d"]);
		assert.include(rig.lines[0], "more than 4 time servers: e is left out");
		const service = (name: string, type = "") =>
			`<phoneService ${type}><name>${name}</name><url>http://x/?a&amp;b</url><vendor/></phoneService>`;
		const { phoneServices } = rig.configuration(
			device(`<phoneServices>${service("Eins", "type='1'")}${service("Zwei")}${service("")}</phoneServices>`),
		);
		assert.deepEqual(phoneServices, ["1\tEins\thttp://x/?a&b", "0\tZwei\thttp://x/?a&b"]);
		const many = Array.from({ length: 20 }, (_, i) => service(`S${i}`)).join("");
		assert.lengthOf(
			rig.configuration(device(`<phoneServices>${many}</phoneServices>`)).phoneServices,
			Limits.phoneServices,
		);
		assert.lengthOf(rig.lines, 20 - Limits.phoneServices);
	});

	it("takes from XMLDefault.cnf.xml the load of its own type", () => {
		const rig = new Rig();
		const loads =
			"<loadInformation7 model='x'>no</loadInformation7><loadInformation119 model='y'>yes</loadInformation119><loadInformation/>";
		const configuration = rig.configuration(`<Default>${group(agent)}${loads}</Default>`);
		assert.isFalse(configuration.forDevice);
		assert.strictEqual(configuration.loadInformation, "yes");
		assert.deepEqual(configuration.callAgents, ["192.0.2.1:2000"]);
		assert.isEmpty(rig.lines);
	});

	it("takes no notice of what is wrong in the loads of other types, but of what is in its own", () => {
		const rig = new Rig();
		const file = (loads: string) => `<Default>\n${loads}\n${group(agent)}</Default>`;
		const wrong = "<loadInformation115 model='x'>a & b</loadInformation8>";
		const right = "<loadInformation7>no</loadInformation7><loadInformation119>yes</loadInformation119>";
		const configuration = rig.configuration(file(`${wrong}${right}`));
		assert.strictEqual(configuration.loadInformation, "yes");
		assert.deepEqual(configuration.callAgents, ["192.0.2.1:2000"]);
		assert.isEmpty(rig.lines);
		for (const own of ["loadInformation119", "loadInformation"]) {
			assert.isFalse(rig.read(file(`${right}\n<${own}>a</loadInformation8>`)));
			assert.strictEqual(
				`line ${rig.reader.line}: ${rig.reader.reason}`,
				`line 3: </${own}> is expected, not </loadInformation8>`,
			);
		}
	});

	it("skips unknown elements with a line in the log each, up to a limit", () => {
		const rig = new Rig();
		rig.configuration(device("\n<novelty><rtcp>1</rtcp></novelty><loadInformation7/>"));
		assert.deepEqual(rig.lines, [
			"SEP001122334455.cnf.xml line 2: <novelty> is unknown and skipped",
			"SEP001122334455.cnf.xml line 2: <loadInformation7> is unknown and skipped",
		]);
		rig.configuration(device("<novelty/>".repeat(100)));
		assert.lengthOf(rig.lines, 16);
	});

	it("may name no call agent, which the log says", () => {
		const rig = new Rig();
		const nameless = (document: string) => {
			assert.isEmpty(rig.configuration(document).callAgents, document);
			assert.match(
				rig.lines[rig.lines.length - 1] ?? "",
				/no <processNodeName> .* the server that has the file is tried/,
			);
		};
		nameless("<device>\n</device>");
		nameless("<Default><callManagerGroup><members></members></callManagerGroup></Default>");
		const agentOf = (name: string) => `<member priority="0"><callManager>${name}</callManager></member>`;
		nameless(device("", agentOf("<ports><ethernetPhonePort>2000</ethernetPhonePort></ports>")));
		nameless(device("", agentOf("<processNodeName></processNodeName>")));
		nameless(device("", agentOf("<processNodeName>{server}</processNodeName>")));
		assert.include(rig.lines[0], '"{server}", not a host name');
		nameless(device("", agentOf("<processNodeName>0.0.0.0</processNodeName>")));
		assert.include(rig.lines[0], '"0.0.0.0", not a host name');
		const both =
			agentOf("<processNodeName>0.0.0.0</processNodeName>") + agentOf("<processNodeName>10.0.0.0</processNodeName>");
		assert.deepEqual(rig.configuration(device("", both)).callAgents, ["10.0.0.0:2000"]);
	});

	it("has its root in any case, and all else in its own", () => {
		const rig = new Rig();
		const members = `<callManagerGroup><members>${agent}</members></callManagerGroup>`;
		for (const root of ["default", "Default", "DEFAULT"]) {
			const configuration = rig.configuration(`<${root}>${members}</${root}>`);
			assert.isFalse(configuration.forDevice);
			assert.deepEqual(configuration.callAgents, ["192.0.2.1:2000"], root);
		}
		assert.isTrue(rig.configuration(`<DEVICE><devicePool>${members}</devicePool></DEVICE>`).forDevice);
		assert.isEmpty(rig.configuration(device("", agent.replaceAll("processNodeName", "processnodename"))).callAgents);
	});

	it("may have wrong end tags and references in elements that are ignored, and nowhere else", () => {
		const rig = new Rig();
		const taken = (vendor: string) => {
			const configuration = rig.configuration(
				device(`<vendorConfig>${vendor}<rtcp>1</rtcp></vendorConfig><versionStamp>7</versionStamp>`),
			);
			assert.isTrue(configuration.rtcp, vendor);
			assert.equal(configuration.versionStamp, "7", vendor);
			assert.isEmpty(rig.lines);
		};
		taken("<WlanProfile1>0</WlanProfile1><WlanProfile2>0</WlanProfile1><WlanProfile3>0</WlanProfile1>");
		taken("<pcPort>1</pcport><garp></garb>");
		taken("<ldapServers><a><b>1</b></c></a></ldapServers>");
		taken("<ldapServers><a>1<b>2</ldapServers>");
		taken("<ldapServers><a>1</a></a><b/></ldapServers>");
		taken("<java>a & b, c &copy; d, e &f; <x y='1&2'/></java>");
		const refused = (vendor: string, error: string) => {
			assert.isFalse(rig.read(device(`<vendorConfig>\n${vendor}</vendorConfig>`)), vendor);
			assert.strictEqual(`line ${rig.reader.line}: ${rig.reader.reason}`, error);
		};
		refused("<pcPort>1", "line 2: </pcPort> is expected, not </vendorConfig>");
		refused("<ldapServers><a></a></device>", "line 2: </ldapServers> is expected, not </device>");
		refused("<rtcp>1</rtpc>", "line 2: </rtcp> is expected, not </rtpc>");
		refused("<novelty>1</novel>", "line 2: </novelty> is expected, not </novel>");
		refused(
			"<pcPort>1</pcport><logServer>a&b</logServer>",
			"line 2: '&b' is no reference (a plain & is written '&amp;')",
		);
	});

	it("may have what is no attribute in a tag, which the log says where the element counts", () => {
		const rig = new Rig();
		const read = (tag: string, members = agent) =>
			rig.configuration(`<Default>\n${tag}${group(members)}</Default>`).callAgents;
		for (const tag of [
			"<loadInformation436 model=\u201dCisco 7965\u201d>SIP45</loadInformation436>",
			'<loadInformation124 model"Addon 7914"></loadInformation124>',
			"<loadInformation7 model=Cisco 7960/>",
			'<loadInformation8 "7940" /x/>',
		]) {
			assert.deepEqual(read(tag), ["192.0.2.1:2000"], tag);
			assert.isEmpty(rig.lines);
		}
		assert.deepEqual(read("", agent.replace("'0'", "\u201c0\u201d")), ["192.0.2.1:2000"]);
		assert.match(rig.lines[0] ?? "", /line 2: <member> has what is no attribute/);
		assert.isFalse(rig.read("<Default>\n<loadInformation7 model=x\n<a/></Default>"));
		assert.equal(`${rig.reader.line}: ${rig.reader.reason}`, "3: '>' is expected, not '<'");
		// what is left in a buffer, or was typed behind the end
		for (const rest of ["\0\0\0", "x", " \n\x1a", "<!-- x -->"]) assert.isTrue(rig.read(device("") + rest), rest);
		assert.isFalse(rig.read(device("") + device("")));
		assert.equal(rig.reader.reason, "a second root element");
		// a value whose quote is missing would take in what follows
		assert.isFalse(rig.read('<Default>\n<loadInformation7 model="x></loadInformation7></Default>'));
		assert.match(rig.reader.reason, /an attribute's value holds '<'/);
	});

	it("is refused whole, with the line, when it is broken", () => {
		const rig = new Rig();
		const refused = (document: string, error: string) => {
			assert.isFalse(rig.read(document));
			assert.strictEqual(`line ${rig.reader.line}: ${rig.reader.reason}`, error);
			assert.isFalse(rig.reader.complete());
		};
		refused("", "line 1: an element is expected: the file is empty");
		refused("<html>", "line 1: <device> or <Default> is expected, not <html>");
		refused("<devices>", "line 1: <device> or <Default> is expected, not <devices>");
		refused(device("").slice(0, -1), "line 1: </device> is missing: the file ends here");
		refused(device("<deviceProtocol>SIP</deviceProtocol>"), "line 1: <deviceProtocol> is SIP: this phone speaks SCCP");
		refused(device("\n<rtcp>\n</rtcpp>"), "line 3: </rtcp> is expected, not </rtcpp>");
		refused(
			device(" ".repeat(Limits.configurationFile)),
			`line 1: the file has more than ${Limits.configurationFile} octets`,
		);
		assert.isTrue(rig.read(device("")));
	});
});

describe("format of configurations", () => {
	class Notes implements ConfigurationListener {
		readonly lines: string[] = [];
		configurationRead(configuration: Configuration): void {
			this.lines.push(configuration.callAgents.join());
		}
		configurationRefused(line: number, what: string): void {
			this.lines.push(`${line}: ${what}`);
		}
		configurationFailed(reason: number, text: string): void {
			this.lines.push(`${reason} ${text}`);
		}
	}

	it("takes an empty file for none, as long as nothing stands in it", () => {
		for (const [text, line] of [
			["", "2 the file is empty"],
			[" \r\n", "2 the file is empty"],
			['<?xml version="1.0"?>\n<!-- nothing -->', "2 the file is empty"],
			["x", "1: '<' is expected outside the root element, not 'x'"],
		] as const) {
			const notes = new Notes();
			const consumer = new CnfXmlFormat(new XmlReader(), "SEP001122334455", 119, () => {}).reader(true, notes);
			consumer.begin(text.length);
			if (text === "" || consumer.data(utf8(text))) consumer.end();
			assert.deepEqual(notes.lines, [line]);
		}
	});

	it("takes files in from transfers, one after the other", () => {
		const log: string[] = [];
		const notes = new Notes();
		const format = new CnfXmlFormat(new XmlReader(), "SEP001122334455", 119, (line) => log.push(line));
		const take = (forDevice: boolean, ...parts: string[]) => {
			const consumer = format.reader(forDevice, notes);
			consumer.begin(-1);
			for (const part of parts) if (!consumer.data(utf8(part))) return;
			consumer.end();
		};
		take(true, "<device>\n<de", "vicePool>\n</device>", "</device>");
		take(true, "<device>\n");
		format.reader(true, notes).failed(2, "no such file");
		take(false, `<Default>${group(agent)}<x/>`, "</Default>");
		assert.deepEqual(notes.lines, [
			"3: </devicePool> is expected, not </device>",
			"2: </device> is missing: the file ends here",
			"2 no such file",
			"192.0.2.1:2000",
		]);
		assert.deepEqual(log, ["XMLDefault.cnf.xml line 1: <x> is unknown and skipped"]);
	});
});

describe("stored configuration", () => {
	it("holds every field", () => {
		const full = new Configuration();
		const fields = full as unknown as Record<string, unknown>;
		for (const [name, value] of Object.entries(fields)) {
			if (typeof value === "string") fields[name] = `${name} \\ Zürich\n日本`;
			else if (typeof value === "number") fields[name] = value + 3;
			else if (typeof value === "boolean") fields[name] = !value;
			else if (name === "phoneServices") fields[name] = ["2\tÄ\thttp://x/?a=\\b", "0\tb\tc"];
			else fields[name] = ["first:2000", "second:2001"];
		}
		const text = serialise(full);
		for (let i = 0; i < text.length; i += 1) assert.isTrue(text.charCodeAt(i) < 127);
		assert.deepEqual(deserialise(text), full);
	});

	it("has the keys that phones have stored by from the first", () => {
		const keys = [
			"vs:versionStamp cm:connectionMonitorDuration rp:revertPriority dt:dateTemplate tz:timeZone",
			"li:loadInformation ls:loadServer ul:userLocale lc:langCode uv:userLocaleVersion cs:winCharSet nl:networkLocale pp:phonePassword",
			"ap:adminPassword bi:backgroundImageAccess cl:callLogBlfEnabled sa:settingsAccess wa:webAccess",
			"ds:disableSpeaker dh:disableSpeakerAndHeadset mr:minimumRingVolume rt:rtcp dn:daysDisplayNotActive",
			"do:displayOnTime dd:displayOnDuration di:displayIdleTimeout dw:displayOnWhenIncomingCall lg:logServer",
			"as:autoSelectLineEnable ac:autoCallSelect it:idleTimeout pv:provisioning da:dndCallAlert",
			"pe:phonePersonalization ro:rollover sb:singleButtonBarge bs:blfAudibleAlertSettingOfIdleStation",
			"bb:blfAudibleAlertSettingOfBusyStation qc:dscpForSCCPPhoneConfig qs:dscpForSCCPPhoneServices",
			"qd:dscpForCm2Dvce sm:deviceSecurityMode ua:authenticationURL ud:directoryURL ui:idleURL un:informationURL",
			"um:messagesURL up:proxyServerURL us:servicesURL ca:callAgents su:survivors nt:ntpServers sv:phoneServices",
			"ed:useEnblocDialing gs:g722CodecSupport ag:advertiseG722Codec",
		];
		const known = keys.join(" ").split(" ");
		assert.includeMembers(
			kept.map(({ field, key }) => `${key}:${field}`),
			known,
		);
		// and none is given twice, nor that of what no element tells
		assert.strictEqual(new Set([...kept.map(({ key }) => key), "fd"]).size, kept.length + 1);
		for (const { key } of kept) assert.match(key, /^[a-z]{2}$/);
	});

	it("is short, for defaults are not written", () => {
		const plain = new Configuration();
		assert.deepEqual(deserialise(serialise(plain)), plain);
		plain.callAgents = ["192.0.2.1:2000"];
		assert.strictEqual(serialise(plain), "configuration 1\nca 192.0.2.1:2000");
		const two = { ...plain, callAgents: ["a:2000", "b:2001"], dateTemplate: "D.M.Y" };
		for (const configuration of [plain, two, new Configuration()])
			assert.deepEqual(callAgentsIn(serialise(configuration)), [...configuration.callAgents]);
		assert.deepEqual(deserialise(serialise(plain)), plain);
	});

	it("is tolerant of other versions and of damage, and needs a call agent, or the word that there is none", () => {
		const text = "configuration 7\nca a:2000\nzz what\nsa 2\nwa x\nrt 1\n\n\nvs";
		const expected = new Configuration();
		expected.callAgents = ["a:2000"];
		expected.settingsAccess = 2;
		expected.rtcp = true;
		assert.deepEqual(deserialise(text), expected);
		for (const bad of ["", "{}", "configuration 1", "configuration 1\nsa 1", "x\nca a:2000"])
			assert.isUndefined(deserialise(bad), bad);
	});

	it("fits its limit whatever a file says", () => {
		const rig = new Rig();
		const url = (letter: string) => letter.repeat(255);
		const names = ["authentication", "directory", "idle", "information", "messages", "proxyServer", "services"];
		const urls = names.map((name, i) => `<${name}URL>${url(`${i}`)}</${name}URL>`).join("");
		const services = Array.from(
			{ length: 12 },
			(_, i) => `<phoneService><name>${i}</name><url>${url("u")}</url></phoneService>`,
		).join("");
		const long = "é".repeat(20);
		const locale = `<userLocale><name>${long}</name></userLocale><networkLocale>${long}</networkLocale><versionStamp>${"é".repeat(32)}</versionStamp>`;
		const document = device(
			`${urls}${locale}<loadInformation>${"é".repeat(32)}</loadInformation><phoneServices>${services}</phoneServices>`,
		);
		const configuration = rig.configuration(document);
		assert.strictEqual(configuration.directoryURL, url("1"));
		const text = serialise(configuration);
		assert.isAtMost(text.length, Limits.storedConfiguration);
		assert.deepEqual(deserialise(text), configuration);
		// letters that are stored with six octets each
		configuration.servicesURL = "é".repeat(1000);
		assert.strictEqual(deserialise(serialise(configuration))?.servicesURL, "");
		assert.strictEqual(deserialise(serialise(configuration))?.userLocale, long);
		// nothing is left out of what is compared
		assert.strictEqual(deserialise(serialise(configuration, true))?.servicesURL, configuration.servicesURL);
	});
});
