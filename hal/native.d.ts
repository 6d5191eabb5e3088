/*
 * How TypeScript binds to C on every body: the compiler of the Moddable SDK turns `native("name").call(this, ...)` into the C
 * function itself; the host body defines the two globals over a table.
 */

/**
 * The C function of that name, to be called with exactly the parameters of the method around it. What it returns has the type that
 * the method declares: `never` can stand for any.
 */
declare function native(name: string): (...parameters: unknown[]) => never;

/** A base class whose instances carry native data, released by the C destructor of that name. */
declare function Native(destructor: string): new (...parameters: unknown[]) => object;
