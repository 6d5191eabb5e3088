/*
 * `embedded:storage/key-value` in the manner of ECMA-419 on the host: a folder a domain, a file a value (hal/host/storage.c).
 */
export interface OpenOptions {
	/** Folder of the domain; made when it is missing. */
	path: string;
}

const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

/** Keys become file names: everything but letters, digits, dash and underscore is written as %XXXX. */
function fileName(key: string): string {
	if (key === "") throw new RangeError("storage: the key is empty");
	let name = "";
	for (let index = 0; index < key.length; index++) {
		const character = key.charAt(index);
		name += plain.includes(character)
			? character
			: `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
	}
	return name;
}

export class Domain {
	private readonly path: string;

	constructor(path: string) {
		native("xs_storage_folder").call(this, path);
		this.path = path;
	}

	/** The value of a key as text, undefined when it has none. */
	read(key: string): string | undefined {
		return this.readFile(`${this.path}/${fileName(key)}`);
	}

	/** Sets a key's value, on the disk when this returns. Throws when the disk refuses; the value is lost then. */
	write(key: string, value: string): void {
		this.writeFile(`${this.path}/${fileName(key)}`, value);
	}

	delete(key: string): void {
		this.deleteFile(`${this.path}/${fileName(key)}`);
	}

	close(): void {}

	private readFile(path: string): string | undefined {
		return native("xs_storage_read").call(this, path);
	}

	private writeFile(path: string, value: string): void {
		native("xs_storage_write").call(this, path, value);
	}

	private deleteFile(path: string): void {
		native("xs_storage_delete").call(this, path);
	}
}

export default Object.freeze({
	open(options: OpenOptions): Domain {
		return new Domain(options.path);
	},
});
