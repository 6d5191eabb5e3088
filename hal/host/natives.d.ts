/** Binds to a C function by name: write `native("xs_x_open").call(this, a, b)` with exactly the parameters. */
// biome-ignore lint/suspicious/noExplicitAny: what C returns is known to its caller alone
declare function native(name: string): (...args: any[]) => any;
/** A class to extend, whose instances hold data of C that the named destructor frees. */
declare function Native(name: string): new () => object;
