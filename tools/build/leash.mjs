/*
 * Node's --import hook for the programs of tools/run.mjs: the program is told to end, as by a person, when the command that
 * started it is gone. So no phone is left behind by whatever is killed above it.
 */
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
// Watching alone keeps no program alive.
process.channel?.unref();
