/*
 * Services for desk phones, in the objects of Cisco's IP Phone Services: a menu, a directory with search, a page of weather that refreshes
 * itself, a form, and a push to the phone that asks for it. A server answers plain HTTP with XML; the phone does the rest.
 *
 *     node examples/services/server.mjs [--port 8080] [--address 0.0.0.0] [--phone-port 80] [--user NAME:PASSWORD]
 *
 * In the phone's configuration: servicesURL http://SERVER:8080/menu, directoryURL http://SERVER:8080/search, and authenticationURL
 * http://SERVER:8080/authenticate, which has the phone let pushes in.
 */
import { createServer, request } from "node:http";
import { parseArgs } from "node:util";

const { values } = parseArgs({
	options: {
		port: { type: "string", default: "8080" },
		address: { type: "string", default: "0.0.0.0" },
		"phone-port": { type: "string", default: "80" },
		user: { type: "string", default: "push:push" },
	},
});
const people = { Ada: 1001, Bela: 1002, Cleo: 1003, Dora: 600, Edda: 601, Emil: 602, Enno: 1004, Finn: 1005 };
const towns = { Harbour: "14 degrees, fog", Hill: "9 degrees, wind", Valley: "17 degrees, sun" };
/** Entries of a page of the directory, and notes that the form has left, the latest last. */
const page = 4;
const notes = [];

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const tag = (name, text) => `<${name}>${escaped(String(text))}</${name}>`;
const object = (name, ...parts) => `<${name}>${parts.join("")}</${name}>`;
const item = (name, fields) => object(name, ...Object.entries(fields).map(([key, value]) => tag(key, value)));
const text = (title, lines) => object("CiscoIPPhoneText", tag("Title", title), tag("Text", lines.join("\n")));

function menu(base, entries) {
	const items = Object.entries(entries).map(([Name, path]) => item("MenuItem", { Name, URL: base + path }));
	return object("CiscoIPPhoneMenu", tag("Title", "Example services"), tag("Prompt", "Choose one"), ...items);
}

function form(title, prompt, url, ...fields) {
	const items = fields.map(([DisplayName, QueryStringParam, InputFlags]) =>
		item("InputItem", { DisplayName, QueryStringParam, InputFlags }),
	);
	return object("CiscoIPPhoneInput", tag("Title", title), tag("Prompt", prompt), tag("URL", url), ...items);
}

/** Those whose names begin as asked; the header Refresh names the page that the softkey Next fetches. */
function directory(base, query, response) {
	const [name, start] = [query.get("name") ?? "", Number(query.get("start")) || 0];
	const found = Object.entries(people).filter(([person]) => person.toLowerCase().startsWith(name.toLowerCase()));
	const shown = found.slice(start, start + page);
	const next = start + shown.length;
	if (found.length > next)
		response.setHeader("Refresh", `0; url=${base}/directory?name=${encodeURIComponent(name)}&start=${next}`);
	const prompt = found.length === 0 ? "Nobody found" : `Records ${start + 1} to ${next} of ${found.length}`;
	const entries = shown.map(([Name, Telephone]) => item("DirectoryEntry", { Name, Telephone }));
	return object("CiscoIPPhoneDirectory", tag("Title", "Directory"), tag("Prompt", prompt), ...entries);
}

/** Has a phone fetch a page and play a chime, whatever it does now. */
function push(host, url) {
	const items = [url, "Play:chime.raw"].map((uri) => `<ExecuteItem Priority="0" URL="${escaped(uri)}"/>`);
	const body = `XML=${encodeURIComponent(object("CiscoIPPhoneExecute", ...items))}`;
	const headers = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body) };
	const target = { host, port: values["phone-port"], path: "/CGI/Execute", method: "POST", auth: values.user, headers };
	const asked = request(target, (answer) => {
		answer.setEncoding("utf8").on("data", (data) => console.log(`the phone says ${answer.statusCode} ${data.trim()}`));
	});
	asked.on("error", ({ message }) => console.log(`the phone cannot be reached: ${message}`)).end(body);
}

const entries = { Directory: "/search", Weather: "/weather", "Leave a note": "/form", "Push to me": "/push" };
const pages = {
	"/menu": ({ base }) => menu(base, entries),
	"/search": ({ base }) => form("Search", "How the name begins", `${base}/directory`, ["Name", "name", "A"]),
	"/directory": ({ base, query, response }) => directory(base, query, response),
	"/weather": ({ base, response }) => {
		response.setHeader("Refresh", `60; url=${base}/weather`);
		const lines = Object.entries(towns).map(([town, sky]) => `${town}: ${sky}`);
		return text("Weather", lines);
	},
	"/form": ({ base }) => form("A note", "Who, where", `${base}/note`, ["From", "from", "A"], ["Room", "room", "N"]),
	"/note": ({ query }) => {
		notes.push(`${query.get("from")}, room ${query.get("room")}`);
		return text("Notes", notes.slice(-page));
	},
	"/push": ({ base, phone }) => {
		setTimeout(push, 1000, phone, `${base}/pushed`);
		return text("Push", ["A page comes in a second."]);
	},
	"/pushed": () => text("Pushed", ["This page was pushed."]),
	"/authenticate": ({ query }) =>
		`${query.get("UserID")}:${query.get("Password")}` === values.user ? "AUTHORIZED" : "UN-AUTHORIZED",
};

const server = createServer((asked, response) => {
	const base = `http://${asked.headers.host}`;
	const { pathname, searchParams: query } = new URL(asked.url ?? "/", base);
	const phone = (asked.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
	const answer = pages[pathname]?.({ base, query, response, phone });
	const type = answer?.startsWith("<") ? "text/xml" : "text/plain";
	response.writeHead(answer === undefined ? 404 : 200, { "Content-Type": `${type}; charset=utf-8` }).end(answer);
});
server.listen(Number(values.port), values.address, () => {
	console.log(`services on port ${server.address().port}`);
});
