/*
 * The page's title and icon, which a browser's tab shows while another page is in front: who rings, who is in a call.
 */
import type { Activity } from "./phone-view.js";

const name = "Linnet";
const icon = document.querySelector("#icon") as HTMLLinkElement;
const icons = Object.freeze({
	idle: "/page/linnet.svg",
	ringing: "/page/linnet-ringing.svg",
	call: "/page/linnet-call.svg",
});

/** What the title says of all phones' activities: one that rings goes first. */
export function titleOf(activities: readonly Activity[]): string {
	const { kind, who } = foremost(activities);
	if (kind === "idle") return name;
	const what = kind === "ringing" ? "Ringing" : "In a call";
	return `${what}${who === "" ? "" : `: ${who}`} – ${name}`;
}

function foremost(activities: readonly Activity[]): Activity {
	const of = (wanted: Activity["kind"]): Activity | undefined => activities.find(({ kind }) => kind === wanted);
	return of("ringing") ?? of("call") ?? { kind: "idle", who: "" };
}

/** Shows it. */
export function showTab(activities: readonly Activity[]): void {
	document.title = titleOf(activities);
	const path = icons[foremost(activities).kind];
	if (icon.getAttribute("href") !== path) icon.setAttribute("href", path);
}
