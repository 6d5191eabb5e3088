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
const people = [
	["Ada", "1001"],
	["Bela", "1002"],
	["Cleo", "1003"],
	["Dora", "600"],
	["Edda", "601"],
	["Emil", "602"],
	["Enno", "1004"],
	["Finn", "1005"],
];
const towns = { Harbour: [14, "fog"], Hill: [9, "wind"], Valley: [17, "sun"] };
/** Entries of a page of the directory. */
const page = 4;
/** Notes left by the form, the latest last. */
const notes = [];

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const tag = (name, text) => `<${name}>${escape(String(text))}</${name}>`;
const object = (name, ...parts) => `<${name}>${parts.join("")}</${name}>`;
const items = (name, list) =>
	list.map((fields) => object(name, ...Object.entries(fields).map(([key, value]) => tag(key, value))));
const softkeys = (...keys) =>
	items(
		"SoftKeyItem",
		keys.map(([Name, URL], at) => ({ Name, URL, Position: at + 1 })),
	);
const text = (title, ...lines) => object("CiscoIPPhoneText", tag("Title", title), tag("Text", lines.join("\n")));

function menu(base) {
	const entry = (Name, path) => ({ Name, URL: base + path });
	const entries = [
		entry("Directory", "/search"),
		entry("Weather", "/weather"),
		entry("Leave a note", "/form"),
		entry("Push to me", "/push"),
	];
	return object(
		"CiscoIPPhoneMenu",
		tag("Title", "Example services"),
		tag("Prompt", "Choose one"),
		...items("MenuItem", entries),
	);
}

function input(title, prompt, url, ...fields) {
	const keys = softkeys(["Submit", "SoftKey:Submit"], ["<<", "SoftKey:<<"], ["Exit", "SoftKey:Exit"]);
	return object(
		"CiscoIPPhoneInput",
		tag("Title", title),
		tag("Prompt", prompt),
		tag("URL", url),
		...items("InputItem", fields),
		...keys,
	);
}

/** Whose names begin as asked; the header Refresh names the page that the softkey Next fetches. */
function directory(base, query, response) {
	const name = query.get("name") ?? "";
	const start = Number(query.get("start")) || 0;
	const found = people.filter(([person]) => person.toLowerCase().startsWith(name.toLowerCase()));
	if (found.length > start + page)
		response.setHeader("Refresh", `0; url=${base}/directory?name=${encodeURIComponent(name)}&start=${start + page}`);
	const shown = found.slice(start, start + page).map(([Name, Telephone]) => ({ Name, Telephone }));
	const prompt =
		found.length === 0 ? "Nobody found" : `Records ${start + 1} to ${start + shown.length} of ${found.length}`;
	return object(
		"CiscoIPPhoneDirectory",
		tag("Title", "Directory"),
		tag("Prompt", prompt),
		...items("DirectoryEntry", shown),
	);
}

/** Has a phone fetch a page, and ring once, whatever it does now. */
function push(phone, url) {
	const execute = [url, "Play:chime.raw"].map((uri) => `<ExecuteItem Priority="0" URL="${escape(uri)}"/>`).join("");
	const body = `XML=${encodeURIComponent(object("CiscoIPPhoneExecute", execute))}`;
	const headers = { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body) };
	const target = {
		host: phone,
		port: values["phone-port"],
		path: "/CGI/Execute",
		method: "POST",
		auth: values.user,
		headers,
	};
	request(target, (answer) => {
		answer
			.setEncoding("utf8")
			.on("data", (data) => console.log(`the phone answers ${answer.statusCode} ${data.trim()}`));
	})
		.on("error", (error) => console.log(`the phone cannot be reached: ${error.message}`))
		.end(body);
}

const field = (DisplayName, QueryStringParam, InputFlags) => ({ DisplayName, QueryStringParam, InputFlags });
const pages = {
	"/menu": ({ base }) => menu(base),
	"/search": ({ base }) =>
		input("Directory search", "Name or its beginning", `${base}/directory`, field("Name", "name", "A")),
	"/directory": ({ base, query, response }) => directory(base, query, response),
	"/weather": ({ base, response }) => {
		response.setHeader("Refresh", `60; url=${base}/weather`);
		return text(
			"Weather",
			...Object.entries(towns).map(([town, [degrees, sky]]) => `${town}: ${degrees} degrees, ${sky}`),
		);
	},
	"/form": ({ base }) =>
		input("A note", "What is to be kept", `${base}/note`, field("From", "from", "A"), field("Room", "room", "N")),
	"/note": ({ query }) => {
		notes.push(`${query.get("from")}, room ${query.get("room")}`);
		return text("Notes", ...notes);
	},
	"/push": ({ base, phone }) => {
		setTimeout(push, 1000, phone, `${base}/pushed`);
		return text("Push", "A page comes in a second.");
	},
	"/pushed": () => text("Pushed", "This page was pushed."),
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
server.listen(Number(values.port), values.address, () => console.log(`services on port ${server.address().port}`));
