/*
 * Cookies of servers (RFC 6265) as an open service needs them: a fixed handful, each sent to none but the host that has set it, and gone
 * when the service is. What a server says of domains is not heeded, so that none reaches another host.
 */

/** Cookies at once, and octets of each with its name. */
const most = 4;
const longest = 255;

export class Cookies {
	/** Host and port, path and 'name=value' of each, '' for a place that is free. */
	private readonly places: string[] = ["", "", "", ""];
	private readonly paths: string[] = ["", "", "", ""];
	private readonly pairs: string[] = ["", "", "", ""];
	/** The place that is taken next when all are. */
	private next = 0;

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
		const known = this.find(place, folder, pair.slice(0, equals + 1));
		if (dead || folder.length > longest) {
			if (known >= 0) this.pairs[known] = "";
			return;
		}
		const at = known >= 0 ? known : this.room();
		this.places[at] = place;
		this.paths[at] = folder;
		this.pairs[at] = pair;
	}

	/** What the header Cookie says to a host about a path, '' for nothing. */
	header(place: string, path: string): string {
		let text = "";
		for (let i = 0; i < most; i += 1) {
			const pair = this.pairs[i] as string;
			if (pair === "" || this.places[i] !== place || !isWithin(path, this.paths[i] as string)) continue;
			text += text === "" ? pair : `; ${pair}`;
		}
		return text;
	}

	/** Where a cookie is kept, -1 when it is not. @param name with the equals sign. */
	private find(place: string, folder: string, name: string): number {
		for (let i = 0; i < most; i += 1)
			if (this.places[i] === place && this.paths[i] === folder && (this.pairs[i] as string).startsWith(name)) return i;
		return -1;
	}

	/** A place for one: a free one, or that of one which came before the others. */
	private room(): number {
		const free = this.pairs.indexOf("");
		if (free >= 0) return free;
		this.next = (this.next + 1) % most;
		return (this.next + most - 1) % most;
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
