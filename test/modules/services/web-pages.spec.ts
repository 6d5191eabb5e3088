// What the phone's pages say, and who may have it do something.
import { base64 } from "base/octets";
import { assert } from "chai";
import { Statistic, TcpEnd } from "hal/hardware";
import { credentialsOf } from "services/web/authority";
import { escaped } from "services/web/markup";
import { read } from "../support/elements.js";
import { answerOf, fakeStream, WebRig } from "../support/web.js";
import { latin1 } from "../support/xml.js";

const host = "Host: 192.0.2.20";
const basic = "Authorization: Basic dXNlcjpwYXNz";
const authenticationURL = "http://192.0.2.2/authenticate";

describe("web pages", () => {
	it("tell of the phone, in XML under the names that phones have", () => {
		const rig = new WebRig();
		Object.assign(rig.site, { messageWaiting: true, time: 1764414245, timeZone: "W. Europe Standard/Daylight Time" });
		const got = rig.ask("GET /DeviceInformationX");
		assert.include(got.head, "Content-Type: text/xml; charset=utf-8\r\n");
		const { root, values } = read(got.body);
		assert.equal(root, "DeviceInformation");
		assert.include(values, {
			MACAddress: "001122334455",
			HostName: "SEP001122334455",
			phoneDN: "1001",
			appLoadID: "linnet-0.1.0",
			versionID: "0.1.0",
			serialNumber: "001122334455",
			modelNumber: "CP-7960G",
			MessageWaiting: "Yes",
			time: "11:04:05",
			date: "2025-11-29",
			timezone: "W. Europe Standard/Daylight Time",
			startReason: "power on",
			upTime: "77",
		});
	});

	it("tell of its network, its servers and its URLs, but of no passwords in them", () => {
		const rig = new WebRig();
		Object.assign(rig.site, {
			tftpServers: ["192.0.2.2", "192.0.2.3"],
			callAgents: ["192.0.2.4", "192.0.2.5:2001"],
			active: 1,
			userLocale: "German_Germany",
		});
		Object.assign(rig.site.urls, {
			authenticationURL: "http://user:secret@192.0.2.2/authenticate?a@b",
			servicesURL: "http://192.0.2.2/s",
		});
		const { root, values } = read(rig.ask("GET /NetworkConfigurationX").body);
		assert.equal(root, "NetworkConfiguration");
		assert.include(values, {
			IPAddress: "192.0.2.20",
			SubNetMask: "255.255.255.0",
			DefaultRouter1: "192.0.2.1",
			DNSServer1: "192.0.2.1",
			DNSServer2: "",
			TFTPServer1: "192.0.2.2",
			TFTPServer2: "192.0.2.3",
			CallManager1: "192.0.2.4",
			CallManager2: "192.0.2.5:2001 Active",
			CallManager3: "",
			DHCPEnabled: "Yes",
			AltTFTP: "No",
			UserLocale: "German_Germany",
			AuthenticationURL: "http://192.0.2.2/authenticate?a@b",
			ServicesURL: "http://192.0.2.2/s",
			WebAccess: "Enabled",
		});
		// what nobody knows has no line
		assert.notProperty(values, "NetworkLocale");
		assert.notInclude(rig.ask("GET /NetworkConfiguration").body, "secret");
	});

	it("tell of streams, with scores and ratios as numbers", () => {
		const rig = new WebRig();
		const counters = new Uint32Array(Statistic.count);
		counters[Statistic.packetsSent] = 1500;
		counters[Statistic.jitter] = 24;
		counters[Statistic.mos] = 43210;
		counters[Statistic.concealmentRatio] = 125;
		counters[Statistic.packetTimeSent] = 20;
		rig.site.streams = [
			fakeStream({ open: true, localPort: 20480, remoteAddress: "192.0.2.9", remotePort: 16384, counters }),
			fakeStream(),
		];
		for (const path of ["X", "X?1", "X?0", "X?n1"]) {
			const { root, values } = read(rig.ask(`GET /StreamingStatistics${path}`).body);
			assert.equal(root, "StreamingStatistics");
			assert.include(values, {
				RemoteAddr: "192.0.2.9/16384",
				LocalAddr: "192.0.2.20/20480",
				StreamStatus: "Active",
				SenderPackets: "1500",
				AvgJitter: "3",
				MOSLQK: "4.3210",
				CmltveConcealRatio: "0.0125",
				SenderSize: "20 ms",
			});
		}
		assert.equal(read(rig.ask("GET /StreamingStatisticsX?2").body).values.StreamStatus, "Not Ready");
		// who lists all asks until there is none
		assert.equal(rig.ask("GET /StreamingStatisticsX?3").status, 404);
	});

	it("count frames where the body does, and say nothing of what it does not count", () => {
		const rig = new WebRig();
		rig.site.counters = { TxFrames: 7, RxFrames: 9 };
		assert.deepEqual(read(rig.ask("GET /EthernetInformationX").body).values, { TxFrames: "7", RxFrames: "9" });
		const port = read(rig.ask("GET /PortInformationX?1").body);
		assert.include(port.values, { TxtotalGoodPkt: "7", RxtotalPkt: "9", CDPNeighborDeviceId: "" });
		assert.equal(rig.ask("GET /PortInformationX?2").status, 404);
	});

	it("have the log and the status, also when lines go while they are sent", () => {
		const rig = new WebRig();
		rig.site.log = ["first", "a < b & \u0007c", "last"];
		rig.site.statusLines = ["Load linnet"];
		assert.include(rig.ask("GET /DeviceLogX?0").body, "<status>a &lt; b &amp; ?c</status>");
		assert.include(rig.ask("GET /DeviceLog?1").body, "<p>Load linnet</p>");
		rig.site.log = Array.from({ length: 300 }, (_, i) => `line ${i}`);
		const socket = rig.connect(undefined, 700);
		socket.deliver(latin1(`GET /DeviceLogX HTTP/1.1\r\n${host}\r\n\r\n`));
		rig.site.log.length = 5;
		const { body } = answerOf(rig.hear(socket, 700));
		assert.match(body, /<\/DeviceLog>\n$/);
		assert.equal(body.split("</DeviceLog>").length, 2);
		socket.fail();
	});

	it("are the same in HTML, for a person with a small display", () => {
		const rig = new WebRig();
		rig.site.device = '<b>"x"</b>';
		for (const path of ["/", "/DeviceInformation", "/NetworkConfiguration", "/EthernetInformation", "/DeviceLog"]) {
			const { body, head, status } = rig.ask(`GET ${path}`);
			assert.equal(status, 200, path);
			assert.include(head, "Content-Type: text/html");
			assert.match(body, /^<!DOCTYPE html>[\s\S]*name="viewport"[\s\S]*<\/html>\n$/);
			assert.notInclude(body, "<b>");
			assert.equal(body.split("<table>").length, body.split("</table>").length, path);
			assert.include(body, "&lt;b&gt;&quot;x&quot;&lt;/b&gt;");
		}
		assert.include(rig.ask("GET /").body, "<tr><th>MAC address</th><td>001122334455</td></tr>");
	});

	it("are found under the names of later phones, too", () => {
		const rig = new WebRig();
		rig.site.streams = [fakeStream()];
		const path = "/CGI/Java/Serviceability?adapter";
		for (const [name, root] of [
			["device.statistics.device", "DeviceInformation"],
			["device.statistics.configuration", "NetworkConfiguration"],
			["device.statistics.ethernet", "EthernetInformation"],
			["device.statistics.port.network", "PortInformation"],
			["device.statistics.streaming.0", "StreamingStatistics"],
			["device.settings.status.messages", "DeviceLog"],
		] as const)
			assert.equal(read(rig.ask(`GET ${path}X=${name}`).body).root, root, name);
		assert.include(rig.ask(`GET ${path}=device.statistics.device`).body, "<title>Device information");
		assert.equal(rig.ask(`GET ${path}X=device.statistics.streaming.1`).status, 404);
	});

	it("have no text in them that a browser could take for its own", () => {
		assert.equal(escaped(`<a href="x">'&'</a>`), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
		assert.equal(escaped("\u0000\u001b[1m\u007f\u0085\ufffe"), "??[1m???");
		assert.equal(escaped("Zoë 😀"), "Zoë 😀");
	});

	it("that are asked for by HEAD have no body", () => {
		const rig = new WebRig();
		const socket = rig.connect();
		const text = rig.say(socket, `HEAD /DeviceLogX HTTP/1.1\r\n${host}\r\n\r\n`);
		assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
		assert.isTrue(text.endsWith("\r\n\r\n"));
		assert.equal(answerOf(text, true).rest, "");
		socket.fail();
	});
});

/** A phone whose server of passwords is a text that it answers with. */
class Guarded extends WebRig {
	readonly asked: string[] = [];

	constructor(webAccess = 0, url = authenticationURL) {
		super(webAccess);
		this.site.urls.authenticationURL = url;
	}

	/** The server behind authenticationURL answers what it has been asked last; null closes without a word. */
	reply(word: string | null, status = "200 OK"): void {
		const { socket } = this.network;
		if (socket.writes.length === 0) socket.writable();
		this.asked.push(socket.writes.map((octets) => String.fromCharCode(...octets)).join(""));
		if (word === null) socket.fail(TcpEnd.closed);
		else socket.deliver(latin1(`HTTP/1.1 ${status}\r\nContent-Length: ${word.length}\r\n\r\n${word}`));
	}

	/** Sends an object, and lets the server answer. */
	push(object: string, word: string | null = "AUTHORIZED", lines: readonly string[] = [basic]) {
		const socket = this.connect();
		const before = this.network.sockets.length;
		const body = `XML=${encodeURIComponent(object).replace(/%20/g, "+")}`;
		const head = ["POST /CGI/Execute HTTP/1.1", host, ...lines, `Content-Length: ${body.length}`].join("\r\n");
		let text = this.say(socket, `${head}\r\n\r\n${body}`);
		if (this.network.sockets.length > before) this.reply(word);
		if (text === "") {
			this.clock.advance(1500);
			text = this.hear(socket);
		}
		const got = answerOf(text);
		if (!socket.closed) socket.fail();
		return got;
	}
}

const order = '<CiscoIPPhoneExecute><ExecuteItem Priority="0" URL="Key:Services"/></CiscoIPPhoneExecute>';

describe("web objects", () => {
	it("are taken from those whom the server knows, and each item is answered", () => {
		const rig = new Guarded();
		const three =
			'<CiscoIPPhoneExecute><ExecuteItem URL="Key:Line1"/><ExecuteItem Priority="2" URL="Dial:1002"/><ExecuteItem URL="http://192.0.2.2/a?b&amp;c"/></CiscoIPPhoneExecute>';
		const got = rig.push(three);
		assert.equal(got.status, 200);
		assert.include(got.head, "Content-Type: text/xml");
		assert.deepEqual(rig.services.ran, ["Key:Line1", "Dial:1002 2", "http://192.0.2.2/a?b&c"]);
		assert.include(got.body, "<CiscoIPPhoneResponse>");
		assert.include(got.body, 'URL="http://192.0.2.2/a?b&amp;c"');
		assert.equal(got.body.split("<ResponseItem ").length, 4);
		assert.match(
			rig.asked[0] ?? "",
			/^GET \/authenticate\?UserID=user&Password=pass&devicename=SEP001122334455 HTTP\/1\.1\r\nHost: 192\.0\.2\.2\r\n/,
		);
	});

	it("come in parts, as they are or in a form with other fields, and after leave", () => {
		for (const step of [0, 1, 3, 500]) {
			const rig = new Guarded();
			rig.push(order);
			for (const body of [order, `a=%zz&XML=${encodeURIComponent(order)}&XML=second&b`]) {
				const socket = rig.connect();
				const text = rig.say(
					socket,
					`POST /CGI/Execute HTTP/1.1\r\n${host}\r\n${basic}\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
				);
				assert.equal(text, "HTTP/1.1 100 Continue\r\n\r\n");
				const got = answerOf(rig.say(socket, body, step));
				assert.equal(got.status, 200);
				assert.include(got.head, "keep-alive");
				socket.fail();
			}
			assert.deepEqual(rig.services.ran, ["Key:Services", "Key:Services", "Key:Services"]);
		}
	});

	it("that are none are answered by the number of the error", () => {
		const rig = new Guarded();
		for (const object of [
			"",
			"<CiscoIPPhoneExecute>",
			"<html/>",
			"text",
			'<CiscoIPPhoneExecute><ExecuteItem URL="Key:Line1"></a>',
		])
			assert.include(rig.push(object).body, '<CiscoIPPhoneError Number="1"/>', object);
		assert.deepEqual(rig.services.ran, []);
		const socket = rig.connect();
		const body = "XML=%3CCisco%4";
		const text = rig.say(
			socket,
			`POST /CGI/Execute HTTP/1.1\r\n${host}\r\n${basic}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
		);
		assert.include(answerOf(text).body, 'Number="1"');
	});

	it("are refused where they may not be shown now", () => {
		const rig = new Guarded();
		rig.mayCome = false;
		const got = rig.push("<CiscoIPPhoneText><Title>T</Title><Text>x</Text></CiscoIPPhoneText>");
		assert.include(got.body, '<CiscoIPPhoneError Number="3"/>');
		assert.isUndefined(rig.services.page);
	});

	it("are not taken from those whom the server does not know, whatever its answer is", () => {
		for (const word of [
			"UN-AUTHORIZED",
			"",
			"AUTHORIZED?",
			"authorized",
			"ERROR AUTHORIZED",
			"AUTHORIZEDX",
			"x".repeat(300),
		]) {
			const rig = new Guarded();
			const got = rig.push(order, word);
			assert.include([401, 503], got.status, word);
			assert.include(got.body, '<CiscoIPPhoneError Number="4"/>');
			assert.deepEqual(rig.services.ran, [], word);
		}
		const rig = new Guarded();
		assert.equal(rig.push(order, null).status, 503);
		assert.match(rig.log[0] ?? "", /^web: 192\.0\.2\.99: refused: nobody can be asked who he is: HTTP: /);
		assert.equal(new Guarded().push(order, " AUTHORIZED\r\n").status, 200);
	});

	it("are taken from nobody where the configuration names no server, or has the phone read only", () => {
		for (const rig of [new Guarded(0, ""), new Guarded(0, "https://192.0.2.2/authenticate"), new Guarded(2)]) {
			const got = rig.push(order);
			assert.include([403, 503], got.status);
			assert.lengthOf(rig.network.sockets, 0);
			assert.deepEqual(rig.services.ran, []);
		}
		assert.include(new Guarded(0, "").push(order).body, 'Number="4"');
		assert.equal(new Guarded(2).ask("GET /").status, 200);
		assert.include(new Guarded(2).ask("GET /NetworkConfigurationX").body, "<WebAccess>Read Only</WebAccess>");
	});

	it("without octets are answered at once", () => {
		const rig = new Guarded();
		const head = `POST /CGI/Execute HTTP/1.1\r\n${host}\r\n${basic}\r\nContent-Length: 0\r\n\r\n`;
		const socket = rig.connect();
		assert.equal(rig.say(socket, head), "");
		rig.reply("AUTHORIZED");
		assert.equal(answerOf(rig.hear(socket)).status, 400);
		// and once more, by one who is known, with a request behind it
		const text = rig.say(socket, `${head}GET /DeviceInformationX HTTP/1.1\r\n${host}\r\n\r\n`);
		const first = answerOf(text);
		assert.equal(first.status, 400);
		assert.equal(answerOf(first.rest).status, 200);
		assert.isFalse(rig.services.session.reading);
	});

	it("are not taken any more, nor asked for, when another configuration comes in the midst of them", () => {
		const begun = `POST /CGI/Execute HTTP/1.1\r\n${host}\r\n${basic}\r\nContent-Length: ${order.length}\r\n\r\n`;
		const rig = new Guarded();
		rig.push(order);
		const half = rig.connect();
		rig.say(half, begun + order.slice(0, 30));
		rig.web.configure(0);
		assert.isFalse(half.closed);
		rig.web.configure(2);
		assert.isTrue(half.closed);
		assert.isFalse(rig.services.session.reading);
		rig.web.configure(0);
		const asking = rig.connect();
		rig.say(asking, begun);
		assert.isFalse(rig.network.socket.closed);
		rig.web.configure(0);
		assert.isTrue(asking.closed);
		assert.isTrue(rig.network.socket.closed);
		assert.isFalse(rig.listener.closed);
		rig.clock.advance(60_000);
		assert.equal(rig.clock.pending, 0);
		assert.lengthOf(rig.services.ran, 1);
	});

	it("want a name and a password that can be read; nobody is asked for others", () => {
		for (const header of [
			undefined,
			"Authorization: Basic",
			"Authorization: Basic =",
			"Authorization: Basic ####",
			"Authorization: Basic dXNlcg==",
			"Authorization: Basic OnBhc3M=",
			"Authorization: Basic dXNlcgo6cGFzcw==",
			`Authorization: Basic ${"QUFB".repeat(31)}`,
			"Authorization: Bearer dXNlcjpwYXNz",
			"Authorization: Digest username=user",
		]) {
			const rig = new Guarded();
			const socket = rig.connect();
			const text = rig.say(
				socket,
				[
					"POST /CGI/Execute HTTP/1.1",
					host,
					...(header === undefined ? [] : [header]),
					"Content-Length: 4",
					"",
					"XML=",
				].join("\r\n"),
			);
			rig.clock.advance(1000);
			const got = answerOf(text + rig.hear(socket));
			assert.equal(got.status, 401, header);
			assert.include(got.head, 'WWW-Authenticate: Basic realm="Phone"');
			assert.lengthOf(rig.network.sockets, 0, header);
			assert.deepEqual(rig.services.ran, []);
		}
		assert.equal(credentialsOf("bAsIc  dXNlcjpw"), "user:p");
		assert.equal(credentialsOf("Basic w6Q6OsOk"), "\u00c3\u00a4::\u00c3\u00a4");
	});

	it("ask the server for names in which anything may be, and for nothing else", () => {
		const rig = new Guarded(0, `${authenticationURL}?a=b`);
		const header = `Authorization: Basic ${base64("us&er=1 #?:p%&devicename=SEP0\u00e4")}`;
		assert.equal(rig.push(order, "AUTHORIZED", [header]).status, 200);
		assert.match(
			rig.asked[0] ?? "",
			/^GET \/authenticate\?a=b&UserID=us%26er%3D1%20%23%3F&Password=p%25%26devicename%3DSEP0%E4&devicename=SEP001122334455 /,
		);
	});

	it("are taken for half a minute from the one who was known last, and from nobody beside him", () => {
		const rig = new Guarded();
		rig.push(order);
		rig.push(order);
		assert.lengthOf(rig.network.sockets, 1);
		assert.equal(rig.push(order, "UN-AUTHORIZED", [`Authorization: Basic ${base64("user:other")}`]).status, 401);
		assert.equal(rig.push(order, "UN-AUTHORIZED", [`Authorization: Basic ${base64("user:pass ")}`]).status, 401);
		assert.lengthOf(rig.network.sockets, 3);
		assert.equal(rig.push(order).status, 200);
		rig.clock.advance(30_000);
		assert.equal(rig.push(order, "UN-AUTHORIZED").status, 401);
		assert.lengthOf(rig.services.ran, 3);
	});

	it("are taken from nobody who was known by a server of another configuration", () => {
		const rig = new Guarded();
		rig.push(order);
		rig.site.urls.authenticationURL = "http://192.0.2.3/other";
		assert.equal(rig.push(order, "UN-AUTHORIZED").status, 401);
		rig.site.urls.authenticationURL = authenticationURL;
		rig.web.configure(0);
		assert.equal(rig.push(order, "UN-AUTHORIZED").status, 401);
		assert.lengthOf(rig.services.ran, 1);
	});

	it("wait a second for a refusal, one at a time: who guesses guesses slowly", () => {
		const rig = new Guarded();
		const head = (user: string) =>
			`POST /CGI/Execute HTTP/1.1\r\n${host}\r\nAuthorization: Basic ${base64(`${user}:x`)}\r\nContent-Length: 4\r\n\r\nXML=`;
		const first = rig.connect();
		assert.equal(rig.say(first, head("a")), "");
		const second = rig.connect();
		assert.equal(answerOf(rig.say(second, head("b"))).status, 503);
		rig.reply("UN-AUTHORIZED");
		assert.equal(rig.hear(first), "");
		// who leaves does not make it shorter
		first.fail();
		const third = rig.connect();
		assert.equal(answerOf(rig.say(third, head("c"))).status, 503);
		rig.clock.advance(1000);
		const fourth = rig.connect();
		assert.equal(rig.say(fourth, head("d")), "");
		assert.lengthOf(rig.network.sockets, 2);
	});

	it("let go of everything when a client goes in the midst of them, and when the time is over", () => {
		const rig = new Guarded();
		const socket = rig.connect();
		rig.say(socket, `POST /CGI/Execute HTTP/1.1\r\n${host}\r\n${basic}\r\nContent-Length: 90\r\n\r\nXML=`);
		socket.fail();
		assert.isTrue(rig.network.socket.closed);
		rig.push(order);
		const half = rig.connect();
		rig.say(
			half,
			`POST /CGI/Execute HTTP/1.1\r\n${host}\r\n${basic}\r\nContent-Length: 90\r\n\r\nXML=%3CCiscoIPPhoneText%3E%3CText%3Ehal`,
		);
		assert.isTrue(rig.services.session.reading);
		half.fail();
		assert.isFalse(rig.services.session.reading);
		const slow = rig.connect();
		rig.say(slow, `POST /CGI/Execute HTTP/1.1\r\n${host}\r\n${basic}\r\nContent-Length: 90\r\n\r\nXML=`);
		rig.clock.advance(10_500);
		assert.isTrue(slow.closed);
		assert.isFalse(rig.services.session.reading);
		rig.clock.advance(60_000);
		assert.equal(rig.web.server.count, 0);
		assert.isUndefined(Reflect.get(rig.web, "authority"));
		assert.equal(rig.clock.pending, 0);
	});

	it("give way to an object that is being read already", () => {
		const rig = new Guarded();
		rig.push(order);
		rig.services.session.begin("http://192.0.2.2/page");
		assert.equal(rig.push(order).status, 503);
		rig.services.session.cancel();
		assert.equal(rig.push(order).status, 200);
	});
});

describe("web CGI", () => {
	it("shows the display, calls, lines and mode to those whom the server knows", () => {
		const rig = new Guarded();
		rig.site.picture = "\u0089PNG\r\n".repeat(300);
		for (const name of ["Screenshot", "CallInfo", "LineInfo", "ModeInfo", "Java/CallInfo"])
			assert.equal(rig.ask(`GET /CGI/${name}`, [host]).status, 401, name);
		rig.push(order);
		const got = rig.ask("GET /CGI/Screenshot", [host, basic]);
		assert.equal(got.body, rig.site.picture);
		assert.include(got.head, "Content-Type: image/png");
		assert.equal(rig.site.pictures, 0);
		assert.equal(rig.ask("POST /CGI/Screenshot", [host, basic, "Content-Length: 0"]).status, 405);
		assert.equal(rig.ask("GET /CGI/Execute", [host, basic]).status, 405);
		rig.site.picture = undefined;
		assert.equal(rig.ask("GET /CGI/Screenshot", [host, basic]).status, 503);
	});

	it("closes a picture that nobody reads to its end", () => {
		const rig = new Guarded();
		rig.push(order);
		rig.site.picture = "x".repeat(10_000);
		const socket = rig.connect(undefined, 600);
		socket.deliver(latin1(`GET /CGI/Screenshot HTTP/1.1\r\n${host}\r\n${basic}\r\n\r\n`));
		assert.equal(rig.site.pictures, 1);
		socket.fail();
		assert.equal(rig.site.pictures, 0);
	});

	it("tells of calls and lines as phones of the 7900 series do", () => {
		const rig = new Guarded();
		rig.push(order);
		const { site } = rig;
		const line = { other: false, messageWaiting: false, label: "", state: "ONHOOK" };
		site.lines = [
			{ ...line, number: "1001" },
			{ ...line, number: "1002", label: "Sales & co", state: "CONNECTED", messageWaiting: true },
			{ ...line, number: "600", label: "Echo", other: true },
		];
		const call = {
			reference: 7,
			line: 1,
			selected: false,
			state: "HOLD",
			type: "INBOUND",
			callingName: "<A>",
			callingNumber: "1003",
		};
		const rest = { calledName: "", calledNumber: "1001", seconds: 12, security: "UNKNOWN" };
		site.calls = [
			{ ...call, ...rest },
			{ ...call, ...rest, reference: 8, line: 2, selected: true, state: "CONNECTED" },
		];
		site.softkeys = ["Hold", "", "EndCall"];
		const ask = (name: string) => rig.ask(`GET /CGI/${name}`, [host, basic]).body;
		const lines = ask("LineInfo");
		assert.equal(lines.split("<CiscoIPPhoneLines>").length, 4);
		assert.include(
			lines,
			"<lineDirNum>1002</lineDirNum>\n<MessageWaiting>YES</MessageWaiting>\n<LineLabel>Sales &amp; co</LineLabel>",
		);
		const calls = ask("CallInfo");
		assert.include(calls, "<LineDirNum>1002</LineDirNum>\n<LineState>CONNECTED</LineState>");
		assert.equal(calls.split("<CiscoIPPhoneCallInfo>").length, 3);
		assert.include(calls, "<CallingPartyName>&lt;A&gt;</CallingPartyName>");
		assert.include(calls, '<Feature Position="3" Enabled="true" Label="EndCall"/>');
		site.planeTitle = "Settings";
		site.plane = ["Ring", "Contrast"];
		const mode = ask("ModeInfo");
		assert.include(mode, "<PlaneTitle>Settings</PlaneTitle>\n<PlaneFieldCount>2</PlaneFieldCount>");
		assert.include(mode, "<FieldName>Contrast</FieldName>");
		for (const body of [lines, calls, mode]) assert.isNotEmpty(read(body).root);
	});
});
