/*
 * Cookies of servers (RFC 6265) as an open service needs them: a fixed handful, each sent to none but the host that has set it, and gone
 * when the service is. What a server says of domains is not heeded, so that none reaches another host.
 */

/** Cookies at once, octets of each with its name, and those of all with where they belong. */
const most = 4;
const longest = 255;
const room = 384;
/** Between cookies, and between their parts: of neither is any in what servers say. */
const behind = "\r";
const within = "\n";

export class Cookies {
	/** Of each, the oldest first: host and port, path, 'name=value'. One text, since an open service has little room. */
	private jar = "";

	/**
	 * Takes what a header Set-Cookie says.
	 * @param place host, with its port where that is another than 80. @param path of the URL that was asked for.
	 */
	set(place: string, path: string, line: string): void {
		const end = line.indexOf(";");
		const pair = (end < 0 ? line : line.slice(0, end)).trim();
		const equals = pair.indexOf("=");
		if (equals < 1 || pair.length > longest) return;
		let folder = folderOf(path);
		let dead = false;
		for (let from = end; from >= 0; ) {
			const to = line.indexOf(";", from + 1);
			const attribute = line.slice(from + 1, to < 0 ? line.length : to).trim();
			const name = attribute.slice(0, Math.max(attribute.indexOf("="), 0)).toLowerCase();
			const value = attribute.slice(name.length + 1);
			// it never goes over a connection that is not secure, and there is no other
			if (attribute.toLowerCase() === "secure") return;
			if (name === "path" && value.startsWith("/")) folder = value;
			// what has an end at all is over when it is in the past: servers take cookies back by the first second of 1970
			else if (name === "max-age") dead = Number(value) <= 0;
			else if (name === "expires" && /[ -]19[67][0-9][ -]/.test(value)) dead = true;
			from = to;
		}
		const known = place + within + folder + within + pair.slice(0, equals + 1);
		const kept = this.all.filter((cookie) => !cookie.startsWith(known));
		if (!dead) kept.push(place + within + folder + within + pair);
		while (kept.length > most || kept.join(behind).length > room) kept.shift();
		this.jar = kept.join(behind);
	}

	/** What the header Cookie says to a host about a path, '' for nothing. */
	header(place: string, path: string): string {
		let text = "";
		for (const cookie of this.all) {
			const [host, folder = "", pair = ""] = cookie.split(within);
			if (host === place && isWithin(path, folder)) text += text === "" ? pair : `; ${pair}`;
		}
		return text;
	}

	private get all(): string[] {
		return this.jar === "" ? [] : this.jar.split(behind);
	}
}

/** The folder of a path, without the query and the slash at its end (RFC 6265, 5.1.4). */
function folderOf(path: string): string {
	const query = path.indexOf("?");
	const way = query < 0 ? path : path.slice(0, query);
	const slash = way.lastIndexOf("/");
	return slash <= 0 ? "/" : way.slice(0, slash);
}

/** Whether a path lies in a folder. */
function isWithin(path: string, folder: string): boolean {
	if (!path.startsWith(folder)) return false;
	if (folder.endsWith("/") || path.length === folder.length) return true;
	const next = path.charAt(folder.length);
	return next === "/" || next === "?";
}
